"""Every rule, kept or broken, and every gap of a call has its sentence."""

from __future__ import annotations

from dataclasses import replace

import pytest

from grants.queries.findings import _GAPS, RULE_NAMES, gap_sentence, rule_name, sentence
from grants.rules.budget import Costs
from grants.rules.call_rules import STAGES, ProposalFacts, read_proposal
from grants.rules.consortium import Member
from tests.grants.rules.test_call_rules import DRAFT, GOOD, TERMS

NOTHING = ProposalFacts(
    strand=None,
    objectives=frozenset(),
    duration=None,
    texts={},
    annexes={},
    members=(),
    costs=(),
)


def test_every_rule_has_a_name() -> None:
    assert RULE_NAMES.keys() == STAGES.keys()
    assert all(rule_name(rule) for rule in STAGES)


@pytest.mark.parametrize("facts", [GOOD, NOTHING])
def test_every_rule_says_what_was_found(facts: ProposalFacts) -> None:
    words = {reading.rule: sentence(reading) for reading in read_proposal(facts, terms=TERMS)}

    assert words.keys() == STAGES.keys()
    assert all("%(" not in text and text for text in words.values())


@pytest.mark.parametrize(
    ("changes", "rule", "words"),
    [
        ({"texts": {}}, "parts", "Not written yet: Summary."),
        ({"annexes": {"part-b": 75}}, "pages", "75 pages; the last 5 are past the limit of 70"),
        ({"duration": 40}, "duration", "40 months; the call allows 24 to 36."),
        ({"duration": None}, "duration", "Write how many months the project lasts, from 24 to 36."),
        ({"objectives": frozenset()}, "objectives", "at least one supporting objective"),
        ({"costs": ()}, "grant_max", "The budget is empty."),
        ({"costs": (Costs(d1=150_000_000),)}, "grant_max", "is above the highest grant"),
        ({"costs": (Costs(a=30_000_000, d1=130_000_000),)}, "grant_max", "The partners carry"),
        ({"costs": (Costs(a=1_000_000, d1=2_000_000),)}, "sme_share", "are missing"),
        (
            {"members": (Member("A", "A", "US", is_cluster=False, is_confirmed=False),)},
            "confirmed",
            "Has not confirmed its share yet: A.",
        ),
    ],
)
def test_broken_rule_says_what_to_do(changes: dict[str, object], rule: str, words: str) -> None:
    facts = replace(GOOD, **changes)  # type: ignore[arg-type]  # fields of the facts
    found = {reading.rule: sentence(reading) for reading in read_proposal(facts, terms=TERMS)}

    assert words in found[rule]


def test_share_is_never_rounded_up_to_the_floor() -> None:
    facts = replace(GOOD, costs=(Costs(c3=34_631_360, d1=100_000_000),))
    found = {reading.rule: sentence(reading) for reading in read_proposal(facts, terms=TERMS)}

    assert found["sme_share"].startswith("74.99")


@pytest.mark.parametrize("code", sorted(_GAPS))
def test_every_gap_of_a_call_has_its_sentence(code: str) -> None:
    assert "%(" not in gap_sentence(code, DRAFT.criteria[0].name)
