"""A model of the ledger in plain integers runs beside the database and must agree.

Every rule foresees whether the ledger accepts or refuses: refusing too much is a failure too.
"""

from __future__ import annotations

import os
import uuid
from collections import defaultdict
from typing import TYPE_CHECKING

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from core.errors import DomainError
from ledger import api
from ledger.rules import share
from ledger.rules.chart import AccountType as T
from tests.factories.ledger import AT, an_awarded_desk
from tests.ledger import stories
from tests.ledger.stories import K

if TYPE_CHECKING:
    from collections.abc import Sequence

Move = tuple[tuple[T, str], tuple[T, str], int]
AMOUNT = st.integers(min_value=1, max_value=900)
GRANT = 2_000
SHORT = 12
EXAMPLES = int(os.environ.get("LEDGER_EXAMPLES", SHORT))  # more, and at random, on request
VOUCHERS = st.sampled_from(["v1", "v2", "v3"])


class Life(RuleBasedStateMachine):
    """One grant of EUR 20: its pool, vouchers, claims, coordination and settlements."""

    def __init__(self) -> None:
        super().__init__()
        self.around = transaction.atomic()
        self.around.__enter__()
        self.held: defaultdict[tuple[str, str], int] = defaultdict(int)
        self.sent: list[api.LedgerEvent] = []
        self.settled = False

    @initialize(planned=st.integers(min_value=0, max_value=GRANT))
    def award(self, planned: int) -> None:
        self.desk = an_awarded_desk(grant=GRANT, planned=planned)
        pool = max(planned, 1_500)
        self.held[T.POOL, ""], self.held[T.COORD, ""] = pool, GRANT - pool
        self.held[T.BANK, ""] = self.held[T.PREFIN, ""] = GRANT

    def teardown(self) -> None:
        assert api.invariants(self.desk.book) == []
        transaction.set_rollback(True)
        self.around.__exit__(None, None, None)

    def expect(
        self,
        kind: api.Kind,
        moves: Sequence[Move],
        *,
        lawful: bool = True,
    ) -> None:
        """Post ``moves`` and follow them here, or foresee that they are refused."""
        legs = [
            api.leg(self.desk.book.pk, T(d[0]), T(c[0]), cents, frm=d[1], to=c[1])
            for d, c, cents in moves
        ]
        event = self.desk.event(kind, legs, idem=uuid.uuid4())
        after = dict(self.held)
        for debit, credit, cents in moves:
            for account, amount in ((debit, cents), (credit, -cents)):
                after[account] = after.get(account, 0) + amount * self.sign(account[0])
                lawful = lawful and after[account] >= 0
        try:
            with transaction.atomic():
                api.post(event, actor=self.desk.actor, at=AT)
        except DomainError:
            assert not lawful
        else:
            assert lawful
            self.held.update(after)
            self.sent.append(event)

    @staticmethod
    def sign(kind: str) -> int:
        debit = {T.BANK, T.SEXP, T.CEXP, T.SADV, T.SREC, T.PREC, T.EUREC, T.LOSS, T.PADV}
        return 1 if kind in debit else -1

    @rule(amount=AMOUNT)
    def open_call(self, amount: int) -> None:
        moves = [((T.POOL, ""), (T.CALL, "k"), amount)]
        self.expect(K.SME_CALL_OPENED, moves, lawful=not self.settled)

    @rule(amount=AMOUNT)
    def finish_call(self, amount: int) -> None:
        moves = [((T.CALL, "k"), (T.POOL, ""), amount)]
        self.expect(K.SME_CALL_DONE, moves, lawful=not self.settled)

    @rule(amount=AMOUNT, voucher=VOUCHERS)
    @precondition(lambda self: not self.settled)
    def issue(self, amount: int, voucher: str) -> None:
        """Award and issue at once; the cap of the group is EUR 12."""
        if ("cap", voucher) not in self.held:
            api.open_headroom(
                self.desk.book,
                group=voucher,
                cap=1_200,
                document=self.desk.paper,
                actor=self.desk.actor,
                at=AT,
            )
            self.held["cap", voucher] = 1
            self.held[T.CAP, voucher] = 1_200
        reserve = [
            ((T.CALL, "k"), (T.RESV, voucher), amount),
            ((T.CAP, voucher), (T.USED, voucher), amount),
        ]
        self.expect(K.APPLICATION_AWARDED, reserve)
        reserved = self.held[T.RESV, voucher]
        if reserved:
            moves = [((T.RESV, voucher), (T.VCH, voucher), reserved)]
            self.expect(K.VOUCHER_ISSUED, moves)

    @rule(amount=AMOUNT, voucher=VOUCHERS)
    def claim(self, amount: int, voucher: str) -> None:
        moves = [((T.VCH, voucher), (T.CLAIM, voucher), amount)]
        self.expect(K.CLAIM_SUBMITTED, moves, lawful=not self.settled)

    @rule(amount=AMOUNT, voucher=VOUCHERS)
    def certify(self, amount: int, voucher: str) -> None:
        moves = [
            ((T.CLAIM, voucher), (T.SACC, ""), amount),
            ((T.SEXP, ""), (T.SPAY, voucher), amount),
        ]
        self.expect(K.CLAIM_CERTIFIED, moves, lawful=not self.settled)

    @rule(amount=AMOUNT, voucher=VOUCHERS)
    def pay(self, amount: int, voucher: str) -> None:
        self.expect(K.PAYMENT_EXECUTED, [((T.SPAY, voucher), (T.BANK, ""), amount)])

    @rule(voucher=VOUCHERS)
    @precondition(lambda self: not self.settled)
    def end(self, voucher: str) -> None:
        """Whatever is open on a voucher goes back; what is owed is paid."""
        claimed = self.held[T.CLAIM, voucher]
        refused = [((T.CLAIM, voucher), (T.VCH, voucher), claimed)]
        self.expect(K.CLAIM_REFUSED, refused)
        rest = self.held[T.VCH, voucher]
        back = [
            ((T.VCH, voucher), (T.CALL, "k"), rest),
            ((T.USED, voucher), (T.CAP, voucher), rest),
        ]
        self.expect(K.VOUCHER_ENDED, back)
        owed = self.held[T.SPAY, voucher]
        self.expect(K.PAYMENT_EXECUTED, [((T.SPAY, voucher), (T.BANK, ""), owed)])

    @rule(amount=AMOUNT)
    def to_pool(self, amount: int) -> None:
        moves = [((T.COORD, ""), (T.POOL, ""), amount)]
        self.expect(K.EARMARK_MOVED, moves, lawful=not self.settled)

    @rule(amount=AMOUNT)
    def to_coordination(self, amount: int) -> None:
        coordination = amount + sum(self.held[k, ""] for k in (T.COORD, T.CCLAIM, T.CACC))
        moves = [((T.POOL, ""), (T.COORD, ""), amount)]
        lawful = not self.settled and coordination <= GRANT // 4
        self.expect(K.EARMARK_MOVED, moves, lawful=lawful)

    @rule(amount=AMOUNT, partner=st.sampled_from(["p1", "p2"]))
    def coordinate(self, amount: int, partner: str) -> None:
        claimed = [((T.COORD, ""), (T.CCLAIM, ""), amount)]
        self.expect(K.COORDINATION_CLAIMED, claimed, lawful=not self.settled)
        if self.held[T.CCLAIM, ""]:
            cents = self.held[T.CCLAIM, ""]
            accepted = [
                ((T.CCLAIM, ""), (T.CACC, ""), cents),
                ((T.CEXP, ""), (T.PPAY, partner), cents),
            ]
            self.expect(K.COORDINATION_ACCEPTED, accepted)

    @rule(amount=AMOUNT)
    def claw_back(self, amount: int) -> None:
        target = T.LAPSED if self.settled else T.POOL
        moves = [((T.SACC, ""), (target, ""), amount), ((T.SREC, "v1"), (T.SEXP, ""), amount)]
        self.expect(K.CLAWED_BACK, moves)

    @rule(less=st.integers(min_value=-1, max_value=GRANT))
    def settle(self, less: int) -> None:
        open_ones = {T.RESV, T.VCH, T.CLAIM, T.CCLAIM, T.SPAY}
        lawful = less >= 0 and not any(v for k, v in self.held.items() if k[0] in open_ones)
        try:
            with transaction.atomic():
                stories.settle(self.desk, grant_max=GRANT - less)
        except DomainError:
            assert not lawful
            return
        assert lawful
        self.settled = True
        s, c = self.held[T.SACC, ""], self.held[T.CACC, ""]
        assert self.desk.balance(T.INCOME) == share.payable(GRANT - less, support=s, coordination=c)
        assert self.desk.balance(T.POOL) == self.desk.balance(T.COORD) == 0
        self.read_back()

    def read_back(self) -> None:
        for kind in (T.POOL, T.COORD, T.LAPSED, T.SEXP, T.CEXP, T.LOSS, T.INCOME, T.EUDUE):
            self.held[kind, ""] = self.desk.balance(kind)
        self.held[T.PREFIN, ""] = self.desk.balance(T.PREFIN)
        self.held[T.EUREC, ""] = self.desk.balance(T.EUREC)
        self.held[T.CALL, "k"] = self.desk.balance(T.CALL, "k")
        for kind in (T.PREC, T.PPAY):
            for key, cents in api.balances_by_key(self.desk.book, type=kind).items():
                self.held[kind, key] = cents

    @rule()
    @precondition(lambda self: self.sent)
    def send_again(self) -> None:
        before = api.balances(self.desk.book)
        event = self.sent[-1]
        assert api.post(event, actor=self.desk.actor, at=AT).idem == event.idem
        assert api.balances(self.desk.book) == before

    @invariant()
    def balances_agree(self) -> None:
        if not hasattr(self, "desk"):
            return
        model: defaultdict[str, int] = defaultdict(int)
        for (kind, _key), cents in self.held.items():
            model[kind] += cents
        model.pop("cap", None)
        for kind, cents in api.balances(self.desk.book).items():
            if kind not in {T.AWARD, T.LIMIT}:
                assert (kind, cents) == (kind, model[kind])


@pytest.mark.django_db
def test_the_ledger_agrees_with_its_model() -> None:
    from hypothesis.stateful import run_state_machine_as_test

    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=25,
            deadline=None,
            derandomize=EXAMPLES == SHORT,
            suppress_health_check=list(HealthCheck),
        ),
    )
