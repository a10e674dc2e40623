"""The same on SQLite, synchronous=FULL: postings one by one, and ten thousand at once.

DATABASE_URL=sqlite:///… python -m demo.bench.ledger.sqlite FOLDER
"""

from __future__ import annotations

import os
import sqlite3
import sys
from pathlib import Path
from statistics import median
from time import monotonic
from typing import TYPE_CHECKING

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.core.management import call_command  # noqa: E402  Django is set up first

from demo.bench.ledger import worlds  # noqa: E402  Django is set up first
from demo.bench.ledger.client import Ours  # noqa: E402  Django is set up first
from demo.voice import Voice  # noqa: E402  Django is set up first

if TYPE_CHECKING:
    from collections.abc import Callable

SECONDS = 2.0
ROUNDS = 3
BAR, BAR_SECONDS = 0.30, 1.2
RAW = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
CREATE TABLE account (
  id INTEGER PRIMARY KEY, balance INTEGER NOT NULL CHECK (balance >= 0),
  version INTEGER NOT NULL DEFAULT 0);
CREATE TABLE entry (
  id INTEGER PRIMARY KEY, posting_id INTEGER NOT NULL, account_id INTEGER NOT NULL,
  seq INTEGER NOT NULL, amount INTEGER NOT NULL);
CREATE INDEX entry_seq ON entry (account_id, seq);
"""


def main() -> None:
    folder = Path(sys.argv[1])
    voice = Voice()
    call_command("migrate", verbosity=0)
    world = worlds.make()
    names = [f"v{number}" for number in range(worlds.VOUCHERS)]
    for start in range(0, worlds.VOUCHERS, worlds.BATCH):
        worlds.open_caps(world, names[start : start + worlds.BATCH])
        worlds.issue(world, names[start : start + worlds.BATCH])
    worlds.claim_once(world)
    create = Ours(world, 0, is_hot=False).create
    step = _raw(folder / "raw.sqlite3")
    shares, rates = [], []
    for number in range(1, ROUNDS + 1):
        bare, ours = _rate(step), _rate(create)
        shares.append(ours / bare)
        rates.append(ours)
        voice.tell("SQLite", number, ROUNDS)
    batches = [_batch(world, kind) for kind in (0, 1, 0, 1)]
    voice.close()
    share, best = median(shares), min(batches)
    sys.stdout.write(
        f"\nSQLite, synchronous=FULL: create() {median(rates):.0f} postings a second,"
        f" {share:.2f} of raw sqlite3 ({'ok' if share >= BAR else f'< {BAR:.2f}'});"
        f" {worlds.BATCH:,} postings in one transaction {best:.2f} s"
        f" ({'ok' if best <= BAR_SECONDS else f'> {BAR_SECONDS}'})\n"
    )


def _raw(file: Path) -> Callable[[], None]:
    """Two updates and one insert in a transaction, by Python's own module."""
    connection = sqlite3.connect(file, isolation_level=None)
    connection.executescript(RAW)
    accounts = ((number, 10**12) for number in range(2 * worlds.VOUCHERS))
    connection.execute("BEGIN")
    connection.executemany("INSERT INTO account (id, balance) VALUES (?, ?)", accounts)
    connection.execute("COMMIT")
    turn = iter(range(10**9))

    def step() -> None:
        first = next(turn) * 7919 % worlds.VOUCHERS
        second = first + worlds.VOUCHERS
        update = "UPDATE account SET balance = balance + ?, version = version + 1 WHERE id = ?"
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(update, (-1, first))
        connection.execute(update, (1, second))
        connection.execute(
            "INSERT INTO entry (posting_id, account_id, seq, amount)"
            " VALUES (1, ?, 1, -1), (1, ?, 1, 1)",
            (first, second),
        )
        connection.execute("COMMIT")

    return step


def _rate(act: Callable[[], None]) -> float:
    done, end = 0, monotonic() + SECONDS
    while monotonic() < end:
        act()
        done += 1
    return done / SECONDS


def _batch(world: worlds.World, turn: int) -> float:
    began = monotonic()
    worlds.move_all(world, turn)
    return monotonic() - began


if __name__ == "__main__":
    main()
