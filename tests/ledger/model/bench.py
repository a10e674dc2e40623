"""Sends what the model tries to the ledger, and insists on the outcome the model foresees."""

from __future__ import annotations

import random
import uuid
from collections import Counter
from typing import TYPE_CHECKING

from django.db import DatabaseError, transaction

from core.errors import DomainError
from ledger import api
from ledger.models import Account, Event
from tests.factories.ledger import AT, DAY, Desk, a_desk, a_paper
from tests.ledger.model import settling
from tests.ledger.model.act import Seeded
from tests.ledger.model.award import award
from tests.ledger.model.support import ENDED
from tests.ledger.model.table import PERSONS
from tests.ledger.model.world import TOLD, World, mirrored

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.models import Document, Person
    from ledger.models import Settlement
    from tests.ledger.model.act import Act, Draw

REFUSALS = (DomainError, ValueError, LookupError, OverflowError, DatabaseError)


class Disagreement(AssertionError):
    """The ledger and its model do not say the same."""


class Bench:
    """One grant: the ledger's book of it and the model's."""

    def __init__(self, *, share: tuple[int, int] = (3, 4)) -> None:
        self.desk: Desk = a_desk(share_n=share[0], share_d=share[1])
        self.world = World(*share)
        self.counts: Counter[str] = Counter()
        self.sent: list[tuple[api.LedgerEvent, int]] = []
        self.done: list[tuple[Act, int]] = []
        self.taken_back: set[int] = set()
        self.last: tuple[Settlement, int, int] | None = None  # with S and C

    @property
    def book(self) -> int:
        return self.desk.book.pk

    def award(self, draw: Draw | None = None) -> None:
        assert self.attempt(award(self.world, draw or Seeded(random.Random(1)), self.book))

    # ------------------------------------------------------------- postings

    def attempt(self, act: Act, *, approver: str = "another") -> bool:
        """Send ``act``; True when it was accepted, as the model says it must be."""
        people = {"another": self.desk.approver, "the same": self.desk.actor, "nobody": None}
        why = self.world.why(act.kind, act.moves)
        alone = approver == "nobody" and PERSONS[act.kind] == 2
        if not why and (approver == "the same" or alone):
            why = "people"
        event = self.event(act.kind, act.legs, approver=people[approver])
        if not self.send(event, why=why, about=(act.kind, act.moves)):
            return False
        self.world.apply(act.kind, act.moves)
        self.world.noted.update(act.notes)
        act.then(self.world)
        joined = [place for place in self.world.closed if place[0] in {"L.CAP", "L.USED"}]
        api.close(api.AccountRef(self.book, *place) for place in joined)
        self.agree()
        self.done.append((act, self.sent[-1][1]))
        return True

    def take_back(self, number: int, *, approver: str = "another") -> bool:
        """Reverse the event that was accepted as the ``number``-th, if the model says so.

        Not tried when the claim it handed in was decided since, or its support asked back: the
        voucher's accounts do not tell one claim from another, so whoever reverses must know.
        """
        act, event = self.done[number]
        if not self.world.is_untouched(act.notes, act.moves):
            return False
        why = self.world.why_not_back(act.kind, act.moves)
        why = why or ("again" if event in self.taken_back else "")
        why = why or ("people" if approver == "the same" else "")
        self.counts["attempts"] += 1
        try:
            with transaction.atomic():
                api.reverse(
                    Event.objects.get(pk=event),
                    idem=uuid.uuid4(),
                    document=self.desk.paper,
                    effective_on=DAY,
                    actor=self.desk.actor,
                    approver=self.desk.approver if approver == "another" else self.desk.actor,
                    at=AT,
                )
        except REFUSALS as error:
            self._refused(error, why=why, about=("reversal", act.kind, act.moves))
            return False
        if why:
            raise Disagreement(f"taken back in spite of {why}: {act.kind} {act.moves}")
        self.world.apply("reversal", mirrored(act.moves))
        self.world.noted.subtract(act.notes)
        self.taken_back.add(event)
        self.counts.update(["events", "posted reversal"])
        self.counts["postings"] += sum(1 for m in act.moves if m.cents)
        self.agree()
        return True

    def event(
        self, kind: str, legs: Sequence[api.Leg], *, approver: Person | None
    ) -> api.LedgerEvent:
        made = self.desk.event(api.Kind(kind), legs)
        return api.LedgerEvent(
            made.idem, made.kind, made.document, made.effective_on, legs, approver
        )

    def send(self, event: api.LedgerEvent, *, why: str, about: object) -> bool:
        """Post it; ``why`` foresees the refusal, "" that there is none."""
        self.counts["attempts"] += 1
        try:
            with transaction.atomic():
                posted = api.post(event, actor=self.desk.actor, at=AT)
                assert posted
        except REFUSALS as error:
            self._refused(error, why=why, about=about)
            return False
        if why:
            raise Disagreement(f"accepted in spite of {why}: {about}")
        self.sent.append((event, posted.pk))
        self.counts[f"posted {event.kind}"] += 1
        self.counts["events"] += 1
        self.counts["postings"] += sum(1 for leg in event.legs if leg.amount)
        return True

    def _refused(self, error: Exception, *, why: str, about: object) -> None:
        if not why:
            raise Disagreement(f"refused without a reason: {about}: {error!r}") from error
        if why in TOLD and not isinstance(error, DomainError):
            raise Disagreement(f"{why} is not told to anybody: {about}: {error!r}") from error
        self.counts[f"refused {why}"] += 1
        self.counts["refused"] += 1

    # ------------------------------------------------------- all other acts

    def settle(self, *, grant: int, approver: str = "another") -> bool:
        """The final grant from the ledger's figures, at most ``grant``."""
        moves = settling.moves(self.world, grant=max(grant, 0))
        why = settling.why(self.world, grant=grant)
        paid = settling.parts(self.world, grant=max(grant, 0))
        if not why and approver != "another":
            why = "people"
        self.counts["attempts"] += 1
        approving = self.desk.approver if approver == "another" else self.desk.actor
        try:
            with transaction.atomic():
                row = self._settle(grant, a_paper(by=self.desk.actor), approving)
        except REFUSALS as error:
            self._refused(error, why=why, about=("settlement", grant))
            return False
        if why:
            raise Disagreement(f"settled at {grant} in spite of {why}")
        assert (row.payable, row.sme_part, row.coord_part) == paid
        self.world.apply("settlement", moves)
        self.world.final, self.world.settlements = paid[0], self.world.settlements + 1
        self.last = row, self.world.of("B.SACC"), self.world.of("B.CACC")
        self.counts.update(["settlements", "events", "posted settlement"])
        self.counts["postings"] += len(moves)
        self.counts["recovery orders"] += any(m.credit[0] == "P.EUDUE" for m in moves)
        self.agree()
        return True

    def _settle(self, grant: int, paper: Document, approver: Person) -> Settlement:
        return api.settle(
            self.desk.book,
            grant_max=grant,
            document=paper,
            actor=self.desk.actor,
            approver=approver,
            at=AT,
        )

    def settle_again(self) -> None:
        """On the same figures and document it is the settlement that exists."""
        if self.last and self.last[1:] == (self.world.of("B.SACC"), self.world.of("B.CACC")):
            row = self.last[0]
            again = self._settle(row.grant_max, row.document, self.desk.approver)
            assert again.pk == row.pk
            self.agree()

    def close(self, voucher: str) -> bool:
        """Close all that a voucher has; refused while something is in it."""
        places = [(type_, voucher) for type_ in ENDED]
        full = any(self.world.of(*place) for place in places)
        refs = [api.AccountRef(self.book, type_, key) for type_, key in places]
        try:
            with transaction.atomic():
                api.close(refs)
        except DomainError:
            if not full:
                raise Disagreement(f"{voucher} is empty and was not closed") from None
            return False
        if full:
            raise Disagreement(f"{voucher} was closed and is not empty")
        self.world.closed |= self.world.touched & set(places)
        return True

    def send_again(self, event: api.LedgerEvent, first: int) -> None:
        """The same event is the first one, whoever sends it and whatever came between."""
        again = api.LedgerEvent(
            event.idem, event.kind, event.document, event.effective_on, event.legs, None
        )
        self.counts["replays"] += 1
        posted = api.post(again, actor=self.desk.approver, at=AT)
        assert posted
        assert posted.pk == first
        self.agree()

    def send_changed(self, event: api.LedgerEvent) -> None:
        """A used key with one cent more is told apart."""
        one, *rest = event.legs
        legs = [api.Leg(one.debit, one.credit, one.amount + 1), *rest]
        changed = api.LedgerEvent(
            event.idem, event.kind, event.document, event.effective_on, legs, event.approver
        )
        assert not self.send(changed, why="key", about=changed)

    def send_wrong(self, act: Act, *, change: str) -> None:
        """The first real leg of ``act`` made into something nobody may post."""
        legs = list(act.legs)
        at = next(number for number, leg in enumerate(legs) if leg.amount)
        legs[at] = self._wrong(legs[at], change=change)
        event = self.event(act.kind, legs, approver=self.desk.approver)
        assert not self.send(event, why=change, about=(act.kind, change))
        self.agree()

    def _wrong(self, leg: api.Leg, *, change: str) -> api.Leg:
        debit, credit, cents = leg.debit, leg.credit, leg.amount
        if change == "negative":
            return api.Leg(debit, credit, -1)
        if change == "beyond all":
            return api.Leg(debit, credit, 2**63 - 1)
        both_ways = {debit.type, credit.type} in ({"B.POOL", "B.COORD"}, {"L.USED"})
        if change == "turned round" and not both_ways:
            return api.Leg(credit, debit, cents)
        other = {
            "another book": api.AccountRef(a_desk().book.pk, credit.type, credit.key),
            "another key": api.AccountRef(self.book, credit.type, "" if credit.key else "somebody"),
        }
        return api.Leg(debit, other.get(change, debit), cents)

    # ------------------------------------------------------------ comparing

    def agree(self) -> None:
        """Every balance of the book is the model's."""
        rows = Account.objects.filter(book=self.book).exclude(balance=0)
        found = {
            (type_, key): cents for type_, key, cents in rows.values_list("type", "key", "balance")
        }
        expected = dict(self.world.balances())
        if found != expected:
            wrong = {
                place: (expected.get(place, 0), found.get(place, 0))
                for place in found.keys() | expected.keys()
                if found.get(place) != expected.get(place)
            }
            raise Disagreement(f"model and ledger differ: {wrong}")


WRONG = ("negative", "beyond all", "one account", "another book", "another key", "turned round")
