"""The order of the chapters. Each is one transaction: a story has no half chapters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from core import jobs
from demo import papers
from demo.chapters import (
    award,
    call,
    checks,
    claims,
    endings,
    evaluation,
    grants,
    proposals,
    second_round,
    sme_calls,
    today,
)
from demo.stage import Stage

if TYPE_CHECKING:
    from collections.abc import Callable

    from demo.stage import Size


class Agreements:
    """The agreements are printed before anybody signs them."""

    @staticmethod
    def play(stage: Stage) -> None:
        papers.print_now(papers.SIGNED_NEXT, stage.tell, part="Agreements printed")


CHAPTERS = (
    call,
    proposals,
    checks,
    evaluation,
    award,
    grants.Prepare,
    Agreements,
    grants.Sign,
    sme_calls,
    claims,
    endings,
    second_round,
    today,
)


def play(size: Size, tell: Callable[[str, int, int], None]) -> Stage:
    """Play the whole story through the product's own actions."""
    stage = Stage(size=size, tell=tell)
    with papers.press() as press, jobs.held():
        for chapter in CHAPTERS:
            with transaction.atomic():
                chapter.play(stage)
            press.order()
        press.finish(tell)
    return stage
