"""What pages keep of a whole call is found anew when something has moved."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from grants.actions import conflict, panel
from grants.models import Consensus
from grants.queries.assignment import asked_in
from grants.queries.ranking import latest_standing
from tests.factories.evaluation import (
    AWARDING,
    READING,
    a_report,
    an_approved_consensus,
    an_evaluating_call,
    experts,
)
from tests.factories.grants import officer

if TYPE_CHECKING:
    from tests.databases import TemplateDatabase


def test_the_live_list_is_worked_out_again_when_a_consensus_moves_or_the_panel_changes_a_mark(
    fresh_database: TemplateDatabase,
) -> None:
    call, [first, second] = an_evaluating_call(2)
    an_approved_consensus(first)
    found = latest_standing(call.pk)
    assert [line.candidate.acronym for line in found.lines] == ["PLANT-1"]
    assert latest_standing(call.pk) is found
    an_approved_consensus(second)
    assert len(latest_standing(call.pk).lines) == 2
    consensus = Consensus.objects.get(proposal=second)
    panel.change_mark(
        consensus.pk,
        criterion_id=call.criteria.order_by("position")[0].pk,
        score=Decimal(5),
        why="The reports say excellent.",
        actor=officer(call, "CC"),
        at=AWARDING,
    )
    best = latest_standing(call.pk).lines[0]
    assert (best.candidate.acronym, best.candidate.scores[0]) == ("PLANT-2", Decimal(5))


def test_experts_are_counted_again_when_somebody_is_asked_or_declines(
    fresh_database: TemplateDatabase,
) -> None:
    call, [first, second] = an_evaluating_call(2)
    expert, other = experts(2)
    made = a_report(first, expert)
    found = asked_in(call.pk)
    assert (found.proposals, found.loads) == ([second.pk, first.pk], {expert.pk: 1})
    assert asked_in(call.pk) is found
    a_report(second, other)
    a_report(second, expert)
    assert asked_in(call.pk).proposals == [first.pk, second.pk]
    assert asked_in(call.pk).loads == {expert.pk: 2, other.pk: 1}
    conflict.declare(
        made.pk, relation="employment", evidence="Works there.", actor=expert, at=READING
    )
    assert asked_in(call.pk).loads == {other.pk: 1}
