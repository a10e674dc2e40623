"""The task list of a proposal: what is wrong, and why it cannot be sent yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.tags import BAD, IDLE, Tag
from grants.models import Proposal
from grants.queries.proposal_pages import progress_of
from tests.factories.grants import AMOUNTS, WRITING, a_complete_proposal, a_proposal

if TYPE_CHECKING:
    from core.presentation.parts import Task

pytestmark = pytest.mark.django_db
HALF_FOR_SMES = tuple({**row, "D1": row["D1"] // 2} for row in AMOUNTS)
GENERAL = "Opens when nothing is missing any more and all partners have confirmed"


def task(proposal: Proposal, title: str) -> Task:
    groups = progress_of(proposal, on=WRITING.date()).groups
    return next(task for group in groups for task in group.tasks if task.title == title)


def test_a_complete_proposal_can_be_sent() -> None:
    proposal = a_complete_proposal()
    assert task(proposal, "Check and submit").url
    assert task(proposal, "Budget").done


@pytest.mark.parametrize("duration", [30, 1])
def test_a_share_under_the_floor_is_named_whatever_else_is_wrong(duration: int) -> None:
    proposal = a_complete_proposal(amounts=HALF_FOR_SMES)
    Proposal.objects.filter(pk=proposal.pk).update(duration_months=duration)
    proposal.refresh_from_db()
    send = task(proposal, "Check and submit")
    assert (send.url, send.status) == ("", "Cannot start yet")
    assert send.hint.startswith("62.29\u00a0% goes to SMEs; it must be at least 75.00\u00a0%.")
    assert task(proposal, "Budget").tag == Tag(BAD, "1 error")


def test_the_only_thing_that_is_missing_is_named() -> None:
    proposal = a_complete_proposal()
    proposal.partners.filter(position=2).update(
        confirmed_at=None, confirmed_by=None, confirmed_cents=None
    )
    assert task(proposal, "Check and submit").hint.startswith("Has not confirmed its share yet: ")


def test_a_new_proposal_is_told_in_general() -> None:
    proposal = a_proposal()
    assert task(proposal, "Partners").hint == (
        "1 eligible organisation from 1 country. The call asks for at least 3 from at least 3 "
        "countries; still missing: 2 organisations from 2 other countries."
    )
    assert task(proposal, "Check and submit").hint == GENERAL
    assert task(proposal, "Budget").tag == Tag(IDLE, "Not begun")
