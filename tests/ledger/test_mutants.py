"""Every rule and every guard is changed or taken away in turn, and each time something notices.

``LEDGER_MUTANTS=docs`` writes the list to docs/ledger-mutants.md, for the database of the run.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from ledger.rules.kinds import PAIRS
from tests.ledger import test_table
from tests.ledger.mutation import pure, verdicts
from tests.ledger.mutation.scene import Scene

LIST = Path(settings.BASE_DIR) / "docs" / "ledger-mutants.md"


def survivors(title: str, found: list[tuple[str, str]]) -> list[str]:
    if os.environ.get("LEDGER_MUTANTS") == "docs":
        _write(title, found)
    return [name for name, killer in found if not killer and name not in verdicts.EQUIVALENT]


def _write(title: str, found: list[tuple[str, str]]) -> None:
    """Put this part of the list in its place; the others stay."""
    head, *parts = LIST.read_text().split("\n## ")
    kept = {part.partition("\n")[0].partition(":")[0]: part for part in parts}
    lines = [f"| {name.replace('|', '/')} | {by or 'no change'} |" for name, by in found]
    table = "\n".join(["| change | noticed by |", "|---|---|", *lines])
    kept[title] = f"{title}: {len(found)}\n\n{table}\n"
    LIST.write_text("\n## ".join([head, *(kept[name] for name in sorted(kept))]))


def test_the_checks_hold_of_the_rules_as_they_are() -> None:
    assert pure.killer() == ""


def test_every_change_of_a_rule_is_noticed() -> None:
    found = list(verdicts.of_the_rules())
    assert len(found) > 200
    assert survivors("Rules", found) == []


def test_every_change_of_a_posting_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The closed list: a pair missing, turned round, or allowed at another time."""
    for at, pair in enumerate(PAIRS):
        turned = type(pair)(pair.kind, pair.row, pair.credit, pair.debit, pair.phase)
        others = {*type(pair.phase)} - {pair.phase}
        late = [type(pair)(pair.kind, pair.row, pair.debit, pair.credit, x) for x in others]
        other = [turned] if pair.debit is not pair.credit else []
        for instead in ((), *((one,) for one in (*other, *late))):
            monkeypatch.setattr(test_table, "PAIRS", (*PAIRS[:at], *instead, *PAIRS[at + 1 :]))
            with pytest.raises(AssertionError):
                test_table.test_the_closed_list_is_the_table()


@pytest.mark.django_db
def test_every_attack_is_refused_for_its_reason() -> None:
    scene = Scene.make()
    through = [x.name for x in verdicts.all_attacks() if not verdicts.is_refused(x, scene)]
    assert through == []


@pytest.mark.django_db
def test_every_guard_of_the_database_is_missed_when_it_is_gone() -> None:
    found = list(verdicts.of_the_database(Scene.make()))
    assert len(found) > 60
    assert survivors("SQLite" if connection.vendor == "sqlite" else "PostgreSQL", found) == []
