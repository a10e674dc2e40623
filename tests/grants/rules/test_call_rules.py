"""Each rule of a call, broken and kept, and what a call needs before it is published."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from grants.rules.budget import Costs
from grants.rules.call_gaps import CallDraft, CriterionTerm, StrandTerm, call_gaps
from grants.rules.call_rules import (
    STAGES,
    AnnexTerm,
    CallTerms,
    ObjectiveTerm,
    PartTerm,
    ProposalFacts,
    Reading,
    is_too_long,
    read_proposal,
)
from grants.rules.consortium import Member
from grants.rules.seal import canonical, fingerprint
from tests.grants.rules.test_budget import TERMS as MONEY
from tests.grants.rules.test_consortium import TERMS as CONSORTIUM

TERMS = CallTerms(
    consortium=CONSORTIUM,
    budget=MONEY,
    parts=(
        PartTerm("summary", "Summary", is_required=True, characters_max=20),
        PartTerm("extra", "Extra", is_required=False, words_max=3),
    ),
    annexes=(
        AnnexTerm("part-b", "Part B", is_required=True, counts_pages=True),
        AnnexTerm("letters", "Letters", is_required=False),
    ),
    strands=frozenset({"textile"}),
    objectives=(
        ObjectiveTerm("adopt", "Adopt", "main"),
        ObjectiveTerm("train", "Train", "supporting"),
        ObjectiveTerm("network", "Network", "focus"),
    ),
    supporting_min=1,
    focus_min=1,
    duration_min=24,
    duration_max=36,
    page_limit=70,
)
GOOD = ProposalFacts(
    strand="textile",
    objectives=frozenset({"adopt", "train", "network"}),
    duration=30,
    texts={"summary": "Short."},
    annexes={"part-b": 70},
    members=tuple(
        Member(name, name, country, is_cluster=True)
        for name, country in (("A", "BE"), ("B", "DE"), ("C", "PL"))
    ),
    costs=(Costs(a=24_000_000, b=3_000_000, c3=6_000_000, d1=105_000_000),),
)


def broken(facts: ProposalFacts, terms: CallTerms = TERMS) -> dict[str, Reading]:
    return {r.rule: r for r in read_proposal(facts, terms=terms) if r.outcome != "passed"}


def test_every_rule_is_read_once_in_order() -> None:
    assert [reading.rule for reading in read_proposal(GOOD, terms=TERMS)] == list(STAGES)


def test_good_proposal_breaks_nothing() -> None:
    assert broken(GOOD) == {}


@pytest.mark.parametrize(
    ("changes", "rule", "outcome", "names"),
    [
        ({"texts": {"summary": "  "}}, "parts", "failed", ("Summary",)),
        ({"texts": {"summary": "x" * 21}}, "limits", "failed", ("Summary",)),
        (
            {"texts": {"summary": "ok", "extra": "one two three four"}},
            "limits",
            "failed",
            ("Extra",),
        ),
        ({"annexes": {}}, "annexes", "failed", ("Part B",)),
        ({"annexes": {"part-b": 71}}, "pages", "note", ()),
        ({"strand": None}, "strand", "failed", ()),
        ({"strand": "health"}, "strand", "failed", ()),
        ({"duration": None}, "duration", "failed", ()),
        ({"duration": 23}, "duration", "failed", ()),
        ({"duration": 37}, "duration", "failed", ()),
        ({"objectives": frozenset({"train", "network"})}, "objectives", "failed", ("Adopt",)),
        ({"objectives": frozenset({"adopt", "network"})}, "objectives", "failed", ("supporting",)),
        ({"objectives": frozenset({"adopt", "train"})}, "objectives", "failed", ("focus",)),
        ({"costs": (Costs(a=1_000_000, d1=2_000_000),)}, "sme_share", "failed", ()),
        ({"costs": (Costs(a=30_000_000, d1=130_000_000),)}, "grant_max", "note", ()),
        ({"costs": (Costs(d1=150_000_000),)}, "grant_max", "failed", ()),
    ],
)
def test_one_rule_is_broken(
    changes: dict[str, object], rule: str, outcome: str, names: tuple[str, ...]
) -> None:
    found = broken(replace(GOOD, **changes))  # type: ignore[arg-type]  # fields of the facts

    assert list(found) == [rule]
    assert (found[rule].outcome, found[rule].names) == (outcome, names)


def test_consortium_of_two_countries_is_broken() -> None:
    members = (*GOOD.members[:2], Member("C", "C", "DE", is_cluster=True))

    found = broken(replace(GOOD, members=members))

    assert list(found) == ["consortium"]
    assert found["consortium"].numbers["countries"] == 2


def test_pages_past_the_limit_are_counted() -> None:
    found = broken(replace(GOOD, annexes={"part-b": 75}))

    assert found["pages"].numbers == {"pages": 75, "limit": 70, "unread": 5}
    assert found["pages"].stage == "admissibility"


def test_line_end_counts_as_one_character() -> None:
    part = PartTerm("x", "X", is_required=True, characters_max=3)

    assert not is_too_long("a\r\nb", part=part)
    assert is_too_long("a\r\nbc", part=part)


DRAFT = CallDraft(
    criteria=(
        CriterionTerm("Relevance", Decimal(30), Decimal("0.5"), Decimal(1), Decimal(18)),
        CriterionTerm("Quality", Decimal(70), Decimal("0.5"), Decimal(1), Decimal(40)),
    ),
    score_total_min=Decimal(70),
    strands=(StrandTerm("First", 8, 100), StrandTerm("Second", 0, None)),
    budget=4_200_000_000,
    grant_max=262_500_000,
    projects_max=16,
    rate_categories=frozenset({"A", "B", "C", "D1", "E"}),
    window_days=60,
    window_days_min=60,
    terms=TERMS,
    tie_break_count=1,
    required_parts=frozenset({"A", "B"}),
)


def test_consistent_call_has_no_gap() -> None:
    assert call_gaps(DRAFT) == ()


@pytest.mark.parametrize(
    ("changes", "gap"),
    [
        ({"criteria": (), "score_total_min": Decimal(0)}, ("no_criteria", "")),
        (
            {"criteria": (replace(DRAFT.criteria[0], score_max=Decimal("100.2")),)},
            ("step", "Relevance"),
        ),
        (
            {
                "criteria": (
                    DRAFT.criteria[1],
                    replace(DRAFT.criteria[0], threshold=Decimal("18.2")),
                )
            },
            ("threshold_step", "Relevance"),
        ),
        ({"score_total_min": Decimal("100.5")}, ("total_threshold", "")),
        ({"strands": ()}, ("no_strands", "")),
        ({"strands": (StrandTerm("First", 17, None),)}, ("quotas", "")),
        (
            {"strands": (StrandTerm("First", 17, None),), "projects_max": None},
            ("quotas", ""),
        ),
        ({"strands": (StrandTerm("First", 0, 4_200_000_001),)}, ("strand_budgets", "")),
        ({"rate_categories": frozenset({"A", "B", "C", "D1"})}, ("rates", "")),
        ({"window_days": 59}, ("window", "")),
        ({"tie_break_count": 0}, ("tie_breaks", "")),
        ({"required_parts": frozenset({"A"})}, ("parts", "")),
        ({"terms": replace(TERMS, supporting_min=2)}, ("objectives_supporting", "")),
        ({"terms": replace(TERMS, focus_min=2)}, ("objectives_focus", "")),
        (
            {
                "terms": replace(
                    TERMS, consortium=replace(CONSORTIUM, eligible_countries=frozenset({"BE"}))
                )
            },
            ("countries", ""),
        ),
    ],
)
def test_gap_stops_a_publication(changes: dict[str, object], gap: tuple[str, str]) -> None:
    assert call_gaps(replace(DRAFT, **changes)) == (gap,)  # type: ignore[arg-type]  # its fields


def test_fingerprint_does_not_depend_on_the_order_of_keys() -> None:
    assert canonical({"b": 1, "a": "é"}) == '{"a":"é","b":1}'.encode()
    assert fingerprint({"b": 1, "a": 2}) == fingerprint({"a": 2, "b": 1})
    assert fingerprint({"a": 1}) != fingerprint({"a": 2})
