"""A book in plain integers: what it holds, and why it would refuse an event.

Nothing of ``ledger.rules`` is used here. ``why`` gives a word for the first thing in the way of
an event, "" when nothing is: then the ledger must accept it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from tests.ledger.model.table import DEBIT, KEYED, PHASE, SAME, WITHOUT_FLOOR

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Place = tuple[str, str]
"""Type and key of an account."""
LARGEST = 10**13
TOLD = frozenset({"closed", "earmark", "floor", "key", "people", "phase"})
"""Refusals that a person can cause: they are told why in a sentence."""


class Move(NamedTuple):
    """``cents`` from ``debit`` to ``credit``."""

    debit: Place
    credit: Place
    cents: int

    @property
    def sides(self) -> tuple[tuple[Place, int], tuple[Place, int]]:
        return (self.debit, self.cents), (self.credit, -self.cents)


def move(debit: str, credit: str, cents: int, *, frm: str = "", to: str = "") -> Move:
    return Move((debit, frm), (credit, to), cents)


class Claim(NamedTuple):
    """A claim under check; ``advance`` of it was advanced."""

    voucher: str
    claimed: int
    advance: int


@dataclass
class World:
    """``n`` of ``d`` cents of this book go to SMEs."""

    n: int = 3
    d: int = 4
    held: defaultdict[Place, int] = field(default_factory=lambda: defaultdict(int))
    touched: set[Place] = field(default_factory=set)  # accounts that exist for certain
    closed: set[Place] = field(default_factory=set)
    opened: set[str] = field(default_factory=set)  # groups whose head-room is open
    applications: dict[str, tuple[str, str]] = field(default_factory=dict)  # call, group
    vouchers: dict[str, tuple[str, str]] = field(default_factory=dict)  # the same
    claims: list[Claim] = field(default_factory=list)
    supported: Counter[str] = field(default_factory=Counter)  # accepted support by group
    carried: Counter[str] = field(default_factory=Counter)  # P.CEXP by partner
    borne: Counter[str] = field(default_factory=Counter)  # left to partners by settlements
    final: int | None = None  # the last final grant; None until the first settlement
    settlements: int = 0

    @property
    def settled(self) -> bool:
        return self.final is not None

    def of(self, type_: str, key: str = "") -> int:
        return self.held[type_, key]

    def total(self, type_: str) -> int:
        return sum(cents for (kind, _key), cents in self.held.items() if kind == type_)

    def keys(self, type_: str) -> list[str]:
        """Keys under which something is held."""
        return sorted(key for (kind, key), cents in self.held.items() if kind == type_ and cents)

    @property
    def formula(self) -> int:
        """What the European Union would pay today."""
        support, coordination = self.of("B.SACC"), self.of("B.CACC")
        third = support * (self.d - self.n) // self.n
        return min(self.of("B.AWARD"), support + min(coordination, third))

    # ------------------------------------------------------------- refusals

    def why(self, kind: str, moves: Sequence[Move]) -> str:
        real = [m for m in moves if m.cents]
        return self._shape(kind, real) or self._phase(kind, real) or self._walk(kind, real)

    def _shape(self, kind: str, moves: list[Move]) -> str:
        for m in moves:
            pair = m.debit[0], m.credit[0]
            if not 0 < m.cents <= LARGEST:
                return "amount"
            if (kind, *pair) not in PHASE or (pair in SAME and m.debit[1] != m.credit[1]):
                return "list"
            if any(bool(key) is not (type_ in KEYED) for type_, key in (m.debit, m.credit)):
                return "list"
        return ""

    def _phase(self, kind: str, moves: list[Move]) -> str:
        other = "open" if self.settled else "after"
        wrong = any(PHASE[kind, m.debit[0], m.credit[0]] == other for m in moves)
        return "phase" if wrong and kind != "settlement" else ""

    def _walk(self, kind: str, moves: list[Move]) -> str:
        held = dict(self.held)
        for m in moves:
            for place, cents in m.sides:
                if place in self.closed:
                    return "closed"
                held[place] = held.get(place, 0) + signed(place, cents)
                if held[place] < 0 and place[0] not in WITHOUT_FLOOR:
                    return "floor"
            why = self._ties(kind, m, held=held)
            if why:
                return why
        return ""

    def _ties(self, kind: str, m: Move, *, held: dict[Place, int]) -> str:
        def of(*types: str) -> int:
            return sum(held.get((type_, ""), 0) for type_ in types)

        coordination = of("B.COORD", "B.CCLAIM", "B.CACC")
        allotted = of("B.AWARD") - of("B.APPR")
        (debit, key), (credit, group) = m.debit, m.credit
        advanced = held.get(("B.VADV", key), 0) + held.get(("B.CLAIM", key), 0)
        checks = {
            "earmark": credit in {"B.COORD", "B.APPR"}
            and self.d * coordination > (self.d - self.n) * allotted,
            "spent": (debit == "P.SEXP" and of("P.SEXP") > of("B.SACC"))
            or (debit == "P.CEXP" and of("P.CEXP") > of("B.CACC")),
            "advance": debit == "P.SADV" and held["P.SADV", key] > advanced,
            "income": credit == "P.INCOME" and not self.settled and of("P.INCOME") > self.formula,
            "twice": kind == "headroom_opened" and group in self.opened,
        }
        return next((word for word, broken in checks.items() if broken), "")

    # --------------------------------------------------------------- moving

    def apply(self, kind: str, moves: Iterable[Move]) -> None:
        for m in moves:
            for place, cents in m.sides:
                self.held[place] += signed(place, cents)
                self.touched.add(place)
            self._follow(kind, m)

    def _follow(self, kind: str, m: Move) -> None:
        """Keep what is known beside the balances: who bears which coordination."""
        pair = m.debit[0], m.credit[0]
        settling = kind == "settlement"
        if pair == ("P.CEXP", "P.PPAY"):
            self.carried[m.credit[1]] += m.cents
            self.borne[m.credit[1]] -= m.cents if settling else 0
        elif pair == ("P.PREC", "P.CEXP"):
            self.carried[m.debit[1]] -= m.cents
            self.borne[m.debit[1]] += m.cents if settling else 0
        elif pair == ("L.CTL", "L.CAP"):
            self.opened.add(m.credit[1])

    def balances(self) -> Iterator[tuple[Place, int]]:
        return ((place, cents) for place, cents in self.held.items() if cents)


def signed(place: Place, cents: int) -> int:
    """A debit of ``cents`` as it changes this account's balance."""
    return cents if place[0] in DEBIT else -cents
