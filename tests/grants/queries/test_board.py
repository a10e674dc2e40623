"""The ranking board and the award page as values: quotas, reserve, what keeps the list open."""

from __future__ import annotations

import pytest

from core.errors import Refused
from grants.actions import award as award_verbs
from grants.queries import board
from grants.queries.award import frozen_list, promotable
from grants.queries.award_page import award_page
from grants.queries.ranking import standing
from tests.factories.evaluation import (
    AWARDING,
    a_frozen_ranking,
    an_approved_consensus,
    an_awarded_call,
    an_evaluated_call,
    an_evaluating_call,
)
from tests.factories.grants import officer

pytestmark = pytest.mark.django_db


def words(rows: list[board.BoardRow]) -> list[tuple[str, str, str]]:
    return [(row.acronym, row.rank, row.tag.words) for row in rows]


def test_a_quota_shows_whom_it_lifts_and_what_it_still_lacks() -> None:
    call, _made = an_evaluated_call(
        ["5", "4.5", "4", "2"],
        strands=["tourism", "tourism", "health", "health"],
        quotas={"health": 2},
        projects_max=2,
    )
    found = board.live(standing(call))
    assert words(found.rows) == [
        ("PLANT-1", "1", "Main list"),
        ("PLANT-2", "2", "Reserve 1"),
        ("PLANT-3", "3", "Main list, by quota"),
    ]
    assert words(found.below) == [("PLANT-4", "–", "Below threshold")]
    assert found.below[0].decided_by == "Relevance, Quality, Impact, Total"
    assert found.missing_quota == ["Health lacks 1 of 2"]
    assert [row.draws_line for row in found.rows] == [False, True, False]
    quota = next(tile for tile in found.tiles if tile.label == "Quotas")
    assert (quota.value, quota.note) == ("Not met", "Health lacks 1 of 2")


def test_a_quota_that_is_met_by_lifting_says_how_many() -> None:
    call, _made = an_evaluated_call(
        ["5", "4.5", "4"],
        strands=["tourism", "tourism", "health"],
        quotas={"health": 1},
        projects_max=2,
    )
    quota = next(t for t in board.live(standing(call)).tiles if t.label == "Quotas")
    assert (quota.value, quota.note) == ("Met", "1 lifted by a quota")


def test_the_sealed_list_reads_as_the_live_one_did() -> None:
    frozen = a_frozen_ranking(["4.5", "2", "4", "3.5"], budget_cents=150_000_000, reserve_max=1)
    shown = board.sealed(frozen)
    assert words(shown.rows) == [
        ("PLANT-1", "1", "Main list"),
        ("PLANT-3", "2", "Reserve 1"),
        ("PLANT-4", "3", "No budget"),
    ]
    assert words(shown.below) == [("PLANT-2", "–", "Below threshold")]
    assert shown.rows[0].scores == ["4.5", "4.5", "4.5"]
    assert shown.can_freeze is False
    assert shown.sums.left_cents == 150_000_000 - shown.rows[0].requested_cents


def test_what_is_not_final_keeps_the_list_open() -> None:
    call, [first, _second] = an_evaluating_call(2)
    an_approved_consensus(first)
    found = board.live(standing(call))
    assert (found.waiting, found.can_freeze) == (["PLANT-1", "PLANT-2"], False)
    assert [step.kind for step in found.steps] == ["bad", "done", "done", "next"]
    assert award_page(call) == {"ranking": None}
    assert (frozen_list(call), promotable(call)) == (None, [])


def test_the_award_page_counts_what_will_be_sent() -> None:
    frozen = a_frozen_ranking(["4.5", "2", "4", "3.5"], budget_cents=150_000_000, reserve_max=1)
    request = frozen.rows.all()[0].requested_cents
    assert award_page(frozen.call)["groups"] == [
        ("Main list", 1, request),
        ("Reserve list", 1, request),
        ("Above threshold, no budget", 1, request),
        ("Below threshold", 1, request),
    ]


def test_the_main_list_is_invited_one_by_one_and_the_reserve_in_its_order() -> None:
    call = an_awarded_call(["4.5", "4"], budget_cents=150_000_000)
    main, waiting = call.proposals.order_by("acronym")
    actor = officer(call, "AO")
    with pytest.raises(Refused, match="invited in its order"):
        award_verbs.invite(waiting.pk, actor=actor, at=AWARDING)
    invited = award_verbs.invite(main.pk, actor=actor, at=AWARDING)
    letter = invited.letters.get(kind="invitation")
    assert "stands on the main list" in letter.text
