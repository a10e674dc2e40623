"""Clients in processes of their own, way after way in turn, against pgbench on the same server."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict, dataclass
from statistics import median
from typing import TYPE_CHECKING

from demo.bench.ledger.server import DATABASE
from demo.bench.ledger.worlds import VOUCHERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from demo.bench.ledger.server import Server
    from demo.bench.ledger.worlds import World

CLIENTS = (1, 4, 8)
ACCOUNTS = ("distinct", "hot")
SECONDS = 2.0
ROUNDS = 3
WAYS = ("call", "create", "orm", "hordak")
BARS = {
    ("distinct", "call"): (0.90, 0.90, 0.55),
    ("distinct", "create"): (0.70, 0.60, 0.35),
    ("hot", "call"): (0.95, 0.95, 0.95),
}
"""What a way has to reach, as a share of pgbench's bare script, with each number of clients."""

_STEPS = """
BEGIN;
UPDATE raw_account SET balance = balance - 1, version = version + 1 WHERE id = :a;
UPDATE raw_account SET balance = balance + 1, version = version + 1 WHERE id = :b;
INSERT INTO raw_entry (posting_id, account_id, seq, amount) VALUES (1, :a, 1, -1), (1, :b, 1, 1);
COMMIT;
"""
SCRIPTS = {
    "distinct": rf"""\set a random(1, {VOUCHERS})
\set b random({VOUCHERS + 1}, {2 * VOUCHERS})
{_STEPS}""",
    "hot": rf"""\set a 1
\set b 2
{_STEPS}""",
}
"""Two updates and one insert in a transaction: no key, no list, no floor but a CHECK, no chain."""


@dataclass(frozen=True)
class Runner:
    """``hordak``: how to start a client of django-hordak, or None where it is not there."""

    server: Server
    world: World
    folder: Path
    hordak: Sequence[str] | None

    def raw(self, accounts: str, clients: int) -> float:
        """Transactions a second of the bare script, prepared."""
        script = self.folder / f"{accounts}.sql"
        script.write_text(SCRIPTS[accounts])
        number = str(clients)
        options = ["-n", "-M", "prepared", "-c", number, "-j", number, "-T", f"{SECONDS:.0f}"]
        told = self.server.program("pgbench", *options, "-f", str(script), DATABASE)
        return float(told.rpartition("tps = ")[2].split()[0])

    def ours(self, way: str, accounts: str, clients: int) -> float:
        """Postings a second of ``clients`` processes that began together."""
        started = [self._client(way, accounts, number) for number in range(clients)]
        for process in started:
            _heard(process, "ready")
        for process in started:
            _say(process, "go")
        done: list[int] = [json.loads(_heard(process))["done"] for process in started]
        for process in started:
            process.wait()
        return sum(done) / SECONDS

    def _client(self, way: str, accounts: str, number: int) -> subprocess.Popen[str]:
        rest = [way, accounts, str(SECONDS), str(number)]
        if way == "hordak":
            assert self.hordak is not None
            return _started([*self.hordak, *rest])
        process = _started([sys.executable, "-m", "demo.bench.ledger.client", *rest])
        _say(process, json.dumps(asdict(self.world), default=str))
        return process


def races(runner: Runner, tell: Callable[[str, int, int], None]) -> Iterator[str]:
    """The table, line by line: median of the rounds, each way as a share of the bare script."""
    ways = WAYS if runner.hordak else WAYS[:-1]
    heads = "".join(f" | {way:>20}" for way in ways)
    yield f"{'accounts':<9} clients | {'bare, tps':>9}{heads}"
    steps, step = len(ACCOUNTS) * len(CLIENTS) * ROUNDS, 0
    for accounts in ACCOUNTS:
        for at, clients in enumerate(CLIENTS):
            rounds: list[dict[str, float]] = []
            for _round in range(ROUNDS):
                found = {"raw": runner.raw(accounts, clients)}
                found |= {way: runner.ours(way, accounts, clients) for way in ways}
                rounds.append(found)
                step += 1
                tell("Postings", step, steps)
            yield _line(accounts, at, rounds, ways)


def _line(
    accounts: str, at: int, rounds: Sequence[Mapping[str, float]], ways: Sequence[str]
) -> str:
    cells = "".join(f" | {_cell(accounts, way, at, rounds):>20}" for way in ways)
    bare = median(found["raw"] for found in rounds)
    call = median(found["call"] / found["orm"] for found in rounds)
    words = f"call = {call:.1f} × orm"
    if "hordak" in ways:
        words += f", {median(found['call'] / found['hordak'] for found in rounds):.1f} × hordak"
    return f"{accounts:<9} {CLIENTS[at]:>7} | {bare:>9.0f}{cells} | {words}"


def _cell(accounts: str, way: str, at: int, rounds: Sequence[Mapping[str, float]]) -> str:
    share = median(found[way] / found["raw"] for found in rounds)
    bars = BARS.get((accounts, way))
    verdict = "" if bars is None else f" {'ok' if share >= bars[at] else f'< {bars[at]:.2f}'}"
    return f"{median(found[way] for found in rounds):.0f} ({share:.2f}){verdict}"


def _started(command: Sequence[str]) -> subprocess.Popen[str]:
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _say(process: subprocess.Popen[str], words: str) -> None:
    assert process.stdin is not None
    process.stdin.write(words + "\n")
    process.stdin.flush()


def _heard(process: subprocess.Popen[str], awaited: str = "") -> str:
    assert process.stdout is not None
    line = process.stdout.readline().strip()
    if not line or (awaited and line != awaited):
        raise RuntimeError(f"a client ended with {process.wait()}: {line or 'nothing said'}")
    return line
