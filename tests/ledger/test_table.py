"""The model's table, written by hand, and the program's closed list are the same."""

from __future__ import annotations

from ledger import api
from ledger.rules.chart import CHART, Side
from ledger.rules.kinds import NEVER_REVERSED, PAIRS, Phase
from tests.ledger.model import table
from tests.ledger.model.kinds import ACTS, ALONE

PHASES = {Phase.OPEN: "open", Phase.SETTLED: "after", Phase.ANY: "any"}


def test_the_closed_list_is_the_table() -> None:
    listed = {(p.kind.value, p.debit.value, p.credit.value): PHASES[p.phase] for p in PAIRS}
    assert listed == table.PHASE


def test_the_same_kinds_need_a_second_person() -> None:
    assert {kind for kind, persons in table.PERSONS.items() if persons == 2} == api.TWO_PERSONS


def test_the_same_accounts_have_a_side_a_floor_and_a_key() -> None:
    assert {t for t, spec in CHART.items() if spec.side is Side.DEBIT} == table.DEBIT
    assert {t for t, spec in CHART.items() if spec.floor is None} == table.WITHOUT_FLOOR
    assert {t for t, spec in CHART.items() if spec.floor == 0} == set(CHART) - table.WITHOUT_FLOOR
    assert {t for t, spec in CHART.items() if spec.key} == table.KEYED


def test_the_same_pairs_are_of_one_record() -> None:
    assert {(p.debit, p.credit) for p in PAIRS if p.same_key} == table.SAME


def test_the_same_kinds_are_never_taken_back() -> None:
    assert set(NEVER_REVERSED) == table.NEVER_TAKEN_BACK


def test_the_model_tries_every_kind() -> None:
    assert set(ACTS) | ALONE == set(api.Kind)
