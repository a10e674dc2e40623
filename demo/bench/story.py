"""The demonstration's own story, for the pages of grants, vouchers and money.

Thirty grants, about 150 vouchers and 250 claims in every state; the call's refused proposals are
copied, so that all of it stands in a call with as many proposals as are asked for.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction

from core import jobs
from demo.bench import copies
from demo.bench.load import everything
from demo.bench.story_pages import pages
from demo.bench.world import World
from demo.chapters.endings import TODAY
from demo.play import CHAPTERS
from demo.stage import DEFAULT, Stage
from grants.models import Proposal

if TYPE_CHECKING:
    from demo.bench.world import Tell
    from grants.models import Call

NUMBERED = 1_000
"""Further apart than the story's own numbers."""


def world(tell: Tell) -> World:
    """The story on its last day; mails and papers that nobody signs stay unwritten."""
    stage = Stage(size=DEFAULT, tell=tell)
    with jobs.held():
        for chapter in CHAPTERS:
            with transaction.atomic():
                chapter.play(stage)
    officer = everything(stage, at=TODAY)
    return World("Grants, vouchers and money", pages(officer), TODAY, partial(grow, stage.call))


def grow(call: Call, to: int) -> int:
    """Copy what was below the thresholds until the call has about ``to`` proposals."""
    refused = call.proposals.filter(state=Proposal.State.BELOW_THRESHOLD)
    times = (to - call.proposals.count()) // refused.count()
    copies.multiply(refused, times=times, numbered=NUMBERED)
    return call.proposals.count()
