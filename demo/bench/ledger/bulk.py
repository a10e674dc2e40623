"""Ten thousand vouchers in one transaction, a posting among many entries, all of it verified."""

from __future__ import annotations

from statistics import median
from time import monotonic
from typing import TYPE_CHECKING

from django.db import connection

from demo.bench.ledger.client import Ours
from demo.bench.ledger.worlds import BATCH, VOUCHERS, grow, issue, open_caps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from demo.bench.ledger.worlds import World

TABLES = ("ledger_account", "ledger_event", "ledger_posting", "ledger_entry")
SAMPLE = 400


def issues(world: World, tell: Callable[[str, int, int], None]) -> Iterator[str]:
    """Seconds of each batch of vouchers, and the ratio to COPY of the rows that it wrote."""
    took = []
    for part in range(VOUCHERS // BATCH):
        names = [f"v{part * BATCH + n}" for n in range(BATCH)]
        open_caps(world, names)
        marks = _highest()
        began = monotonic()
        issue(world, names)
        took.append(monotonic() - began)
        tell("Vouchers", (part + 1) * BATCH, VOUCHERS)
    copied, size = _copied(marks)
    best = min(took)
    yield (
        f"{BATCH:,} complete voucher issues in one transaction: {best:.2f} s"
        f" (aim 1.0), {best / copied:.1f} × COPY of the same {size / 1e6:.0f} MB ({copied:.2f} s)"
    )


def _highest() -> dict[str, int]:
    with connection.cursor() as cursor:
        found = {}
        for table in TABLES:
            cursor.execute(f"SELECT COALESCE(MAX(id), 0) FROM {table}")
            found[table] = cursor.fetchone()[0]
        return found


def _copied(marks: dict[str, int]) -> tuple[float, int]:
    """Seconds that COPY needs for the rows after ``marks``, and their bytes."""
    took, size = 0.0, 0
    for table, mark in marks.items():
        rows = _rows(table, mark)
        took += _copy(table, rows)
        size += len(rows)
    return took, size


def _rows(table: str, mark: int) -> bytes:
    query = f"COPY (SELECT * FROM {table} WHERE id > {mark}) TO STDOUT (FORMAT binary)"
    with connection.cursor() as cursor, cursor.copy(query) as out:
        return b"".join(bytes(block) for block in out)


def _copy(table: str, rows: bytes) -> float:
    """Into a table with the same indexes, and neither triggers nor checks of other tables."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE copy_{table} (LIKE {table} INCLUDING INDEXES)")
        began = monotonic()
        with cursor.copy(f"COPY copy_{table} FROM STDIN (FORMAT binary)") as into:
            into.write(rows)
        return monotonic() - began


def growth(world: World, sizes: list[int], tell: Callable[[str, int, int], None]) -> Iterator[str]:
    """What one posting costs among few entries and among many, as a ratio."""
    costs = []
    for number, size in enumerate(sizes, start=1):
        grow(world, size)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        costs.append(_of_one(world))
        tell("Entries", number, len(sizes))
    words = ", ".join(
        f"{size:,}: {cost * 1e3:.2f} ms" for size, cost in zip(sizes, costs, strict=True)
    )
    yield f"one posting by the number of entries: {words}; ratio {costs[-1] / costs[0]:.2f}"


def _of_one(world: World) -> float:
    ours = Ours(world, 0, is_hot=False)
    took = []
    for _posting in range(SAMPLE):
        began = monotonic()
        ours.call()
        took.append(monotonic() - began)
    return median(took)
