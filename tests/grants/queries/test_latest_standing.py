"""The live list that pages show is kept until something moves."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from grants.actions import panel
from grants.models import Consensus
from grants.queries.ranking import latest_standing
from tests.factories.evaluation import AWARDING, an_approved_consensus, an_evaluating_call
from tests.factories.grants import officer

if TYPE_CHECKING:
    from tests.databases import TemplateDatabase


def test_it_is_worked_out_again_when_a_consensus_moves_or_the_panel_changes_a_mark(
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
