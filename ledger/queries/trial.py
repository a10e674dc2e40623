"""The trial balance: what stands on the debit side and on the credit side of each set."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ledger.queries.as_of import NOW, AsOf, Held, balances_as_of
from ledger.rules.chart import AccountType

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ledger.models import Book

SETS = ("B", "P", "L")


@dataclass(frozen=True, slots=True)
class TrialLine:
    """All accounts of one type, in cents."""

    type: str
    debit: int
    credit: int


@dataclass(frozen=True, slots=True)
class TrialSet:
    """One of the three sets of accounts; it balances when both columns are the same."""

    name: str
    lines: Sequence[TrialLine]

    @property
    def debit(self) -> int:
        return sum(line.debit for line in self.lines)

    @property
    def credit(self) -> int:
        return sum(line.credit for line in self.lines)

    @property
    def difference(self) -> int:
        """Debit less credit, cents."""
        return self.debit - self.credit


def trial_balance(books: Iterable[Book], when: AsOf = NOW) -> list[TrialSet]:
    """Budget, money and limits of the books together, in the order of the chart."""
    found: defaultdict[str, list[Held]] = defaultdict(list)
    for held in balances_as_of(books, when):
        found[held.type].append(held)
    lines = [
        TrialLine(
            kind.value,
            sum(held.debit for held in found[kind]),
            sum(held.credit for held in found[kind]),
        )
        for kind in AccountType
        if kind in found
    ]
    return [TrialSet(name, [x for x in lines if x.type[0] == name]) for name in SETS]
