"""The demonstration's last table, counted again from the ledger's entries and nothing else.

It reads with plain SQL over any DB-API cursor and knows none of the code that prints the table: no
balance of an account, no sum of postings, no rule. An entry and the other one of its posting say
where an amount came from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

COLUMNS = ("maximum", "planned", "committed", "paid", "accepted", "share")
Table = dict[str, dict[str, int | None]]
"""By grant and column: cents, for the two shares basis points; None is the dash."""

ENTRIES = """
    SELECT grants_grant.number, mine.type, other.type, SUM(entry.amount)
    FROM ledger_entry AS entry
    JOIN ledger_account AS mine ON mine.id = entry.account_id
    JOIN ledger_entry AS opposite
        ON opposite.posting_id = entry.posting_id AND opposite.id <> entry.id
    JOIN ledger_account AS other ON other.id = opposite.account_id
    JOIN grants_grant ON grants_grant.book_id = mine.book_id
    GROUP BY grants_grant.number, mine.type, other.type
"""
SPLIT = {"B.APPR", "B.COORD"}
COMMITTED = {"B.VCH", "B.VADV", "B.CLAIM", "B.SACC"}
SMES = {"P.SPAY", "P.SADV", "P.SREC"}


def recounted(cursor: Any) -> Table:
    """What the table has to say. An entry is + for debit, - for credit."""
    cursor.execute(ENTRIES)
    by_grant: dict[str, list[tuple[str, str, int]]] = {}
    for number, mine, other, cents in cursor.fetchall():
        by_grant.setdefault(number, []).append((mine, other, int(cents)))
    return {number: _figures(entries) for number, entries in by_grant.items()}


def _figures(entries: list[tuple[str, str, int]]) -> dict[str, int | None]:
    maximum = sum(cents for mine, _, cents in entries if mine == "B.AWARD")
    planned = -sum(cents for mine, other, cents in entries if mine == "B.POOL" and other in SPLIT)
    accepted = -sum(cents for mine, _, cents in entries if mine == "B.SACC")
    coordination = -sum(cents for mine, _, cents in entries if mine == "B.CACC")
    return {
        "maximum": maximum,
        "planned": _basis_points(planned, maximum),
        "committed": -sum(cents for mine, _, cents in entries if mine in COMMITTED),
        "paid": -sum(cents for mine, other, cents in entries if mine == "P.BANK" and other in SMES),
        "accepted": accepted,
        "share": _basis_points(accepted, accepted + coordination),
    }


def _basis_points(part: int, whole: int) -> int | None:
    """Half up, but never up to a whole per cent that is missed; None of nothing."""
    if not whole:
        return None
    shown = (20_000 * part + whole) // (2 * whole)
    return shown - 1 if shown % 100 == 0 and shown * whole > 10_000 * part else shown


def rows(lines: Iterable[str]) -> list[str]:
    """The lines between the rule under the head and the empty line."""
    said = list(lines)
    begin = 1 + next(at for at, line in enumerate(said) if line.startswith("\u2500"))
    return said[begin : said.index("", begin)]


def printed(rows: Iterable[str]) -> Table:
    """What the command said, a grant a row."""
    table: Table = {}
    for row in rows:
        words = [word for word in row.split(" ") if word]
        figures = map(_number, words[-len(COLUMNS) :])
        table[words[0]] = dict(zip(COLUMNS, figures, strict=True))
    return table


def _number(word: str) -> int | None:
    digits = "".join(sign for sign in word.replace("\u2212", "-") if sign in "-0123456789")
    return int(digits) if digits else None


def differences(one: Table, other: Table) -> set[tuple[str, str]]:
    """Grants and columns in which two tables disagree."""
    return {
        (number, column)
        for number in one.keys() | other.keys()
        for column in COLUMNS
        if one.get(number, {}).get(column, "") != other.get(number, {}).get(column, "")
    }


def falsified(row: str, column: str) -> str:
    """The row of a grant with the last digit of one figure changed."""
    words = row.rstrip().split(" ")
    place = [at for at, word in enumerate(words) if word][COLUMNS.index(column) - len(COLUMNS)]
    figure = words[place]
    if figure == "\u2013":
        words[place] = "0.01\u00a0%"
    else:
        last = max(at for at, sign in enumerate(figure) if sign.isdigit())
        words[place] = f"{figure[:last]}{(int(figure[last]) + 1) % 10}{figure[last + 1 :]}"
    return " ".join(words)
