"""The table that ``./run bench`` prints: what was measured, the aim, and what there is to beat."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from demo.bench.meter import Cost
    from demo.bench.pages import Aim, Page

FLAT = 1.25
"""A page counts as flat when ten times as many records cost at most a quarter more."""
SMALL_MS = 5.0
"""Differences below this are the clock's, not the page's."""
TO_BEAT = """\
To beat, on the same work: Hypha's staff list 142 statements and 375 CPU ms, its detail page 52
and 133, its application POST 302 ms. Those were measured on another machine: compare the
statements, and take the times as an order of magnitude."""


def table(pages: Sequence[Page], costs: Mapping[int, Mapping[str, Cost]]) -> Iterator[str]:
    """Line by line: a page, its cost with each number of proposals, the ratio, the verdict."""
    sizes = sorted(costs)
    heads = "".join(f" | {size:>7,} stmts   ms   KiB" for size in sizes)
    yield f"{'page':<26}{heads} | ratio | {'aim':<16}"
    for page in pages:
        found = [costs[size][page.name] for size in sizes]
        cells = "".join(f" | {c.statements:>13} {c.cpu_ms:>4.0f} {c.kib:>5.0f}" for c in found)
        yield (
            f"{page.name:<26}{cells} | {_ratio(found):>5.2f} | {_words(page.aim):<16}"
            f" {verdict(page.aim, found)}"
        )


def verdict(aim: Aim, found: Sequence[Cost]) -> str:
    """``ok``, or what is over."""
    last, over = found[-1], []
    if aim.statements is not None and last.statements > aim.statements:
        over.append("too many statements")
    if aim.cpu_ms is not None and last.cpu_ms >= aim.cpu_ms:
        over.append("too slow")
    if not is_flat(found):
        over.append("not flat")
    return ", ".join(over) or "ok"


def is_flat(found: Sequence[Cost]) -> bool:
    """As many statements and about as much time with the most records as with the fewest."""
    first, last = found[0], found[-1]
    same_time = _ratio(found) <= FLAT or last.cpu_ms - first.cpu_ms < SMALL_MS
    return first.statements == last.statements and same_time


def _ratio(found: Sequence[Cost]) -> float:
    return found[-1].cpu_ms / max(found[0].cpu_ms, 0.1)


def _words(aim: Aim) -> str:
    parts = [f"≤ {aim.statements} stmts" if aim.statements is not None else ""]
    parts += [f"< {aim.cpu_ms} ms" if aim.cpu_ms is not None else ""]
    return ", ".join(filter(None, parts))
