"""One thing that an officer tries: the legs that are sent, and what the model says they move."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, TypeVar

from ledger import api

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Sequence

    from tests.ledger.model.world import Move, Note, World

T = TypeVar("T")
CALLS = ("k1", "k2")
GROUPS = ("1", "2", "3")
PAYEES = ("1", "2", "3", "lab1", "lab2", "lab3")  # the SME of each group, and its provider
PARTNERS = ("p1", "p2", "p3")
APPLICATIONS = ("a1", "a2", "a3", "a4", "a5")


class Draw(Protocol):
    """Where chance comes from: hypothesis, or a seeded generator."""

    def whole(self, low: int, high: int) -> int: ...

    def pick(self, among: Sequence[T]) -> T: ...


@dataclass(frozen=True)
class Seeded:
    """Chance that can be repeated from its seed."""

    random: random.Random

    def whole(self, low: int, high: int) -> int:
        return self.random.randint(low, high)

    def pick(self, among: Sequence[T]) -> T:
        return self.random.choice(among)


@dataclass
class Act:
    """``moves`` are written by the model, ``legs`` by the program: they must come to the same.

    ``notes`` are what the balances do not say: counted when the ledger accepts, and back again
    when the event is taken back. ``then`` follows what stays known for ever.
    """

    kind: str
    moves: list[Move]
    legs: Sequence[api.Leg]
    notes: Counter[Note] = field(default_factory=Counter)
    then: Callable[[World], None] = field(default=lambda _world: None)


def legs_of(book: int, moves: Sequence[Move]) -> list[api.Leg]:
    """For the events of one leg, which have no function of their own."""
    return [
        api.leg(
            book,
            api.AccountType(m.debit[0]),
            api.AccountType(m.credit[0]),
            m.cents,
            frm=m.debit[1],
            to=m.credit[1],
        )
        for m in moves
    ]


def one_of(draw: Draw, likely: Sequence[str], among: Sequence[str]) -> str:
    """Nearly always one of ``likely``, where there is something to take."""
    return draw.pick(likely if likely and draw.whole(1, 8) > 1 else among)


def payee_of(group: str, draw: Draw) -> str:
    """The SME itself, or the provider that works for it."""
    return draw.pick((group, f"lab{group}"))


def plain(book: int, kind: str, *moves: Move) -> Act:
    return Act(kind, list(moves), legs_of(book, moves))


def amount(draw: Draw, limit: int) -> int:
    """Cents of ``limit``: some, all, one too many, or many too many."""
    how = draw.pick(("some", "some", "some", "all", "all", "one more", "more"))
    if how == "some":
        return draw.whole(1, max(limit, 1))
    return max(limit, 1) if how == "all" else limit + (1 if how == "one more" else 997)
