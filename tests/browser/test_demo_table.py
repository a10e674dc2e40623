"""The table of the whole demonstration, counted again from the entries of the database it left.

No browser: it stands here, under the mark of those who need one, because the demonstration takes
minutes to play and is played for them anyway. ``tests/demo/test_summary.py`` does the same for
grants that are made in seconds, in every run.
"""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.browser.demonstration import ROOT, environment
from tests.demo.recount import COLUMNS, Table, differences, falsified, printed, recounted, rows

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.browser
DATABASE = "trellis.sqlite3"
SAY = "from demo import summary; print(*summary.lines(), sep='\\n')"


@pytest.fixture
def copy(played: Path, tmp_path: Path) -> Path:
    """The folder of a demonstration of one's own, with the database alone."""
    for file in played.glob(f"{DATABASE}*"):
        shutil.copy(file, tmp_path)
    return tmp_path


def told(folder: Path) -> list[str]:
    """The rows that the command's last act prints over this folder."""
    answer = subprocess.run(
        [sys.executable, "manage.py", "shell", "--verbosity", "0", "-c", SAY],
        cwd=ROOT,
        env=environment(folder),
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr[-3000:]
    return rows(answer.stdout.splitlines())


def count_again(folder: Path) -> Table:
    with closing(sqlite3.connect(folder / DATABASE)) as raw:
        return recounted(raw.cursor())


def test_the_demonstrations_table_is_what_its_entries_say(copy: Path) -> None:
    said, found = told(copy), count_again(copy)
    assert printed(said) == found
    assert len(found) == 30
    assert sum(1 for row in found.values() if row["share"] == 7_500) == 1, "met to the cent"
    assert any(row["paid"] and (row["share"] or 0) < 7_500 for row in found.values()), "missed"
    for at, row in enumerate(said):
        for column in COLUMNS:
            lie = [*said[:at], falsified(row, column), *said[at + 1 :]]
            assert differences(printed(lie), found) == {(row.split(" ")[0], column)}


def test_a_figure_that_the_entries_do_not_carry_is_found(copy: Path) -> None:
    with closing(sqlite3.connect(copy / DATABASE)) as raw:
        raw.execute("DROP TRIGGER ledger_account_guard")
        lie = "UPDATE ledger_account SET balance = balance + 1 WHERE type = ? AND balance > 0"
        changed = raw.execute(lie, ["B.SACC"]).rowcount
        raw.commit()
    assert changed > 1
    found = differences(printed(told(copy)), count_again(copy))
    assert len({number for number, column in found if column == "accepted"}) == changed
