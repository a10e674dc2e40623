"""A second SME call of the consortium whose people are the demo's own: open on the last day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from demo.chapters import sme_calls
from demo.firms import apply, firm
from demo.shapes import SHAPES
from vouchers.actions import decision

if TYPE_CHECKING:
    from demo.stage import Stage

SECOND = sme_calls.Round(
    2,
    drafted=datetime(2024, 11, 18, 9, 0, tzinfo=UTC),
    opens=datetime(2024, 12, 2, 8, 0, tzinfo=UTC),
    closes=datetime(2025, 2, 14, 16, 0, tzinfo=UTC),
)
WANTED, SO_FAR = 12, 4


def play(stage: Stage) -> None:
    """Four firms have applied; one was found eligible and waits for its evaluators."""
    grant = stage.notes["played"][sme_calls.HOME_CALL]
    people = stage.notes["staff"][grant.pk]
    shape = SHAPES[sme_calls.HOME_CALL]
    second = replace(shape, title=f"{shape.title}, second round")
    sme_call = sme_calls.open_call(grant, second, people, wanted=WANTED, when=SECOND)
    applied = SECOND.opens + timedelta(days=9)
    made = [
        apply(stage, sme_call, firm(stage, is_home=False), at=applied + timedelta(days=day))
        for day in range(SO_FAR)
    ]
    checked = applied + timedelta(days=SO_FAR + 1)
    decision.find_eligible(
        application_id=made[0].pk,
        checked_on=checked.date(),
        actor=people.funds[0],
        at=checked,
    )
    stage.tell("SME call, second round", SO_FAR, SO_FAR)
