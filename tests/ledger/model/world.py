"""A book in plain integers: what it holds, and why it would refuse an event.

Nothing of ``ledger.rules`` is used here. ``why`` gives a word for the first thing in the way of
an event, "" when nothing is: then the ledger must accept it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from tests.ledger.model.table import DEBIT, KEYED, NEVER_TAKEN_BACK, PHASE, SAME, WITHOUT_FLOOR

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Place = tuple[str, str]
"""Type and key of an account."""
LARGEST = 10**13
TOLD = frozenset({"again", "closed", "earmark", "floor", "key", "never", "people", "phase"})
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


class Supported(NamedTuple):
    """Cents of accepted support of a group."""

    group: str


Note = Claim | Supported


@dataclass
class World:
    """``n`` of ``d`` cents of this book go to SMEs."""

    n: int = 3
    d: int = 4
    held: defaultdict[Place, int] = field(default_factory=lambda: defaultdict(int))
    touched: set[Place] = field(default_factory=set)  # accounts that exist for certain
    closed: set[Place] = field(default_factory=set)
    caps: dict[str, int] = field(default_factory=dict)  # by group, once its head-room is open
    joined: dict[str, str] = field(default_factory=dict)  # the group that another one joined
    applications: dict[str, tuple[str, str]] = field(default_factory=dict)  # call, group
    vouchers: dict[str, tuple[str, str]] = field(default_factory=dict)  # the same
    noted: Counter[Note] = field(default_factory=Counter)  # open claims, accepted support
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
    def claims(self) -> list[Claim]:
        """Under check; one that was handed in twice is there twice."""
        return sorted(note for note in self.noted.elements() if isinstance(note, Claim))

    def supported(self, group: str) -> int:
        return self.noted[Supported(group)]

    @property
    def opened(self) -> set[str]:
        """Groups whose head-room was opened."""
        return set(self.caps)

    def head(self, group: str) -> str:
        """The group under whose cap this one counts."""
        return self.head(self.joined[group]) if group in self.joined else group

    def above(self, head: str) -> int:
        """What a group has used above its cap, since another one joined it."""
        return max(self.of("L.USED", head) - self.caps.get(head, 0), 0)

    def given_back(self, group: str, cents: int) -> list[Move]:
        """Use that comes back: what was above the cap is gone, the rest is head-room again."""
        head = self.head(group)
        above = min(cents, self.above(head))
        return [
            move("L.USED", "L.CTL", above, frm=head),
            move("L.USED", "L.CAP", cents - above, frm=head, to=head),
        ]

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
        held, caps = dict(self.held), self._caps(kind, moves)
        for m in moves:
            for place, cents in m.sides:
                if place in self.closed:
                    return "closed"
                held[place] = held.get(place, 0) + signed(place, cents)
                if held[place] < 0 and place[0] not in WITHOUT_FLOOR:
                    return "floor"
        after = World(self.n, self.d, defaultdict(int, held), caps=self.caps, final=self.final)
        broken = next((why for m in moves if (why := after.tie(kind, m))), "")
        return broken or self._heads(kind, moves, held=held, caps=caps)

    def _caps(self, kind: str, moves: list[Move]) -> dict[str, int]:
        opening = kind == "headroom_opened"
        return self.caps | ({m.credit[1]: m.cents for m in moves} if opening else {})

    @staticmethod
    def _heads(
        kind: str, moves: list[Move], *, held: dict[Place, int], caps: dict[str, int]
    ) -> str:
        """Head-room is what the use leaves of the cap, or nothing once a group has joined."""
        touched = {key for m in moves for type_, key in m[:2] if type_ in {"L.CAP", "L.USED"}}
        for key in touched:
            room, used = held.get(("L.CAP", key), 0), held.get(("L.USED", key), 0)
            gone = kind == "groups_linked" and not room and not used
            if room != max(caps.get(key, 0) - used, 0) and not gone:
                return "head"
        return ""

    def tie(self, kind: str, m: Move) -> str:
        """What the event has broken between the accounts that this move touched."""
        (debit, key), (credit, group) = m.debit, m.credit
        coordination = self.of("B.COORD") + self.of("B.CCLAIM") + self.of("B.CACC")
        allotted = self.of("B.AWARD") - self.of("B.APPR")
        income = self.of("P.INCOME")
        right = income == self.final if self.settled else income <= self.formula
        checks = {
            "earmark": credit in {"B.COORD", "B.APPR"}
            and self.d * coordination > (self.d - self.n) * allotted,
            "split": credit in {"B.CALL", "B.CCLAIM"} and self.of("B.APPR") != 0,
            "spent": debit in {"P.SEXP", "P.CEXP", "B.SACC", "B.CACC"}
            and (self.of("P.SEXP") > self.of("B.SACC") or self.of("P.CEXP") > self.of("B.CACC")),
            "advance": self._advance(debit, key) or self._advance(credit, group),
            "income": "P.INCOME" in {debit, credit} and not right,
            "twice": kind == "headroom_opened" and group in self.opened,
        }
        return next((word for word, broken in checks.items() if broken), "")

    def _advance(self, type_: str, key: str) -> bool:
        """What an SME holds is what is advanced, and at most that and what it claims."""
        if type_ not in {"P.SADV", "B.VADV", "B.CLAIM"}:
            return False
        is_out, unclaimed = self.of("P.SADV", key), self.of("B.VADV", key)
        return not unclaimed <= is_out <= unclaimed + self.of("B.CLAIM", key)

    def is_untouched(self, notes: Counter[Note], moves: Sequence[Move]) -> bool:
        """Whether what an event brought is still there, as far as balances do not say."""
        carried = Counter[str]()
        for m in moves:
            if (m.debit[0], m.credit[0]) == ("P.CEXP", "P.PPAY"):
                carried[m.credit[1]] += m.cents
        return all(self.noted[note] >= count for note, count in notes.items()) and all(
            self.carried[name] >= cents for name, cents in carried.items()
        )

    def why_not_back(self, kind: str, moves: Sequence[Move]) -> str:
        """What is in the way of the mirror of an event."""
        if kind in NEVER_TAKEN_BACK:
            return "never"
        back = mirrored(moves)
        return self._phase(kind, [m for m in moves if m.cents]) or self._walk("reversal", back)

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
        elif pair == ("P.PPAY", "P.CEXP"):
            self.carried[m.debit[1]] -= m.cents
        elif pair == ("P.CEXP", "P.PREC"):
            self.carried[m.credit[1]] += m.cents
        elif pair == ("P.PREC", "P.CEXP"):
            self.carried[m.debit[1]] -= m.cents
            self.borne[m.debit[1]] += m.cents if settling else 0
        elif pair == ("L.CTL", "L.CAP"):
            self.caps[m.credit[1]] = m.cents

    def balances(self) -> Iterator[tuple[Place, int]]:
        return ((place, cents) for place, cents in self.held.items() if cents)


def mirrored(moves: Sequence[Move]) -> list[Move]:
    """What takes them back: the other way round, the last one first."""
    return [Move(m.credit, m.debit, m.cents) for m in reversed(moves) if m.cents]


def signed(place: Place, cents: int) -> int:
    """A debit of ``cents`` as it changes this account's balance."""
    return cents if place[0] in DEBIT else -cents
