"""The table that ``./run bench`` prints: what was measured, the aim, and what there is to beat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from demo.bench.pages import DETAIL, LIST, SUBMISSION

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from demo.bench.meter import Cost
    from demo.bench.pages import Aim, Measured

    Costs = Mapping[int, Mapping[str, Cost]]

FLAT = 1.25
"""A page counts as flat when ten times as many records cost at most a quarter more."""
SMALL_MS = 5.0
"""Differences below this are the clock's, not the page's."""

# Hypha, a grant platform on Django too: its statements and CPU ms for the same work (10,000
# applications with three reviews each, fifty rows a page, texts of real length, the role with most
# rights), measured on this kind of machine.
HYPHA: tuple[tuple[Aim, str, int | None, int], ...] = (
    (LIST, "list of the staff", 142, 375),
    (DETAIL, "one application", 52, 133),
    (SUBMISSION, "handing one in", None, 302),
)


def table(pages: Sequence[Measured], costs: Costs) -> Iterator[str]:
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


def comparison(pages: Sequence[Measured], costs: Mapping[str, Cost]) -> Iterator[str]:
    """What Hypha needs for the same work, beside the dearest page of each kind here."""
    yield f"{'the same work':<26} | Hypha, stmts   ms | here at most   ms"
    for aim, words, statements, cpu_ms in HYPHA:
        found = [costs[page.name] for page in pages if page.aim == aim]
        most, longest = max(c.statements for c in found), max(c.cpu_ms for c in found)
        hypha = "–" if statements is None else statements
        yield f"{words:<26} | {hypha:>12} {cpu_ms:>4} | {most:>12} {longest:>4.0f}"


def verdict(aim: Aim, found: Sequence[Cost]) -> str:
    """``ok``, or what is over."""
    last, over = found[-1], []
    if aim.statements is not None and last.statements > aim.statements:
        over.append("too many statements")
    if aim.cpu_ms is not None and last.cpu_ms >= aim.cpu_ms:
        over.append("too slow")
    if aim.is_flat and not is_flat(found):
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
