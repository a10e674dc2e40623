"""A model of the ledger in plain integers runs beside the database and must agree.

Every rule foresees whether the ledger accepts or refuses: refusing too much is a failure too.
What must always be true of a book is asked after each step. The rules follow a grant's life;
what each of them sends, and what it should move, is in ``tests.ledger.model``.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, TypeVar

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from ledger import api
from tests.ledger.model import award, coordination, support, union, vouchers
from tests.ledger.model.bench import WRONG, Bench
from tests.ledger.model.kinds import ACTS

if TYPE_CHECKING:
    from collections.abc import Sequence

T = TypeVar("T")
SHORT = 10
EXAMPLES = int(os.environ.get("LEDGER_EXAMPLES", SHORT))  # more, and at random, on request
SHARES = st.sampled_from([(3, 4), (3, 4), (2, 3), (1, 2), (1, 1)])


class Drawn:
    """Chance by hypothesis, which makes what fails as small as it can."""

    def __init__(self, data: st.DataObject) -> None:
        self.data = data

    def whole(self, low: int, high: int) -> int:
        return self.data.draw(st.integers(low, high))

    def pick(self, among: Sequence[T]) -> T:
        return self.data.draw(st.sampled_from(among))


def one_of(part: Any) -> st.SearchStrategy[str]:
    return st.sampled_from([act.__name__ for act in part.ACTS])


class Life(RuleBasedStateMachine):
    """One grant, from its award to its last settlement."""

    bench: Bench

    def __init__(self) -> None:
        super().__init__()
        self.around = transaction.atomic()
        self.around.__enter__()

    @initialize(data=st.data(), share=SHARES)
    def begin(self, data: st.DataObject, share: tuple[int, int]) -> None:
        self.bench = Bench(share=share)
        self.bench.award(Drawn(data))

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.around.__exit__(None, None, None)

    def attempt(self, name: str, data: st.DataObject, *, approver: str = "another") -> None:
        act = ACTS[name](self.bench.world, Drawn(data), self.bench.book)
        self.bench.attempt(act, approver=approver)

    @rule(name=one_of(award), data=st.data())
    def change_the_grant(self, name: str, data: st.DataObject) -> None:
        self.attempt(name, data)

    @rule(name=one_of(support), data=st.data())
    def support_an_sme(self, name: str, data: st.DataObject) -> None:
        self.attempt(name, data)

    @rule(data=st.data())
    def begin_with_a_voucher(self, data: st.DataObject) -> None:
        """What a voucher needs, one after the other: each may be refused."""
        for name in ("sme_call_opened", "headroom_opened", "application_awarded"):
            self.attempt(name, data)
        self.attempt("voucher_issued", data)

    @rule(name=one_of(vouchers), data=st.data())
    @precondition(lambda self: self.bench.world.vouchers)
    def use_a_voucher(self, name: str, data: st.DataObject) -> None:
        self.attempt(name, data)

    @rule(data=st.data())
    @precondition(lambda self: self.bench.world.vouchers)
    def close_a_voucher(self, data: st.DataObject) -> None:
        self.bench.close(Drawn(data).pick(sorted(self.bench.world.vouchers)))

    @rule(name=one_of(coordination), data=st.data())
    def coordinate(self, name: str, data: st.DataObject) -> None:
        self.attempt(name, data)

    @rule(name=one_of(union), data=st.data())
    def turn_to_the_union(self, name: str, data: st.DataObject) -> None:
        self.attempt(name, data)

    @rule(data=st.data(), approver=st.sampled_from(["another", "another", "the same"]))
    def settle(self, data: st.DataObject, approver: str) -> None:
        held = self.bench.world.of("B.AWARD")
        grant = Drawn(data).pick((held, held, Drawn(data).whole(0, held), held + 1, -1))
        self.bench.settle(grant=grant, approver=approver)

    @rule(data=st.data(), approver=st.sampled_from(["another", "another", "the same"]))
    @precondition(lambda self: self.bench.done)
    def take_back(self, data: st.DataObject, approver: str) -> None:
        number = Drawn(data).whole(0, len(self.bench.done) - 1)
        self.bench.take_back(number, approver=approver)

    @rule()
    @precondition(lambda self: self.bench.last)
    def settle_again(self) -> None:
        self.bench.settle_again()

    @rule(data=st.data())
    def send_again(self, data: st.DataObject) -> None:
        self.bench.send_again(*Drawn(data).pick(self.bench.sent))

    @rule(data=st.data())
    def use_a_key_for_something_else(self, data: st.DataObject) -> None:
        self.bench.send_changed(Drawn(data).pick(self.bench.sent)[0])

    @rule(
        name=st.sampled_from(sorted(ACTS)),
        data=st.data(),
        approver=st.sampled_from(["the same", "nobody"]),
    )
    def pay_alone(self, name: str, data: st.DataObject, approver: str) -> None:
        self.attempt(name, data, approver=approver)

    @rule(name=st.sampled_from(sorted(ACTS)), data=st.data(), change=st.sampled_from(WRONG))
    def send_what_nobody_may(self, name: str, data: st.DataObject, change: str) -> None:
        act = ACTS[name](self.bench.world, Drawn(data), self.bench.book)
        self.bench.send_wrong(act, change=change)

    @invariant()
    def what_must_be_true_is_true(self) -> None:
        if hasattr(self, "bench"):
            assert api.invariants(self.bench.desk.book) == []


@pytest.mark.django_db
def test_the_ledger_agrees_with_its_model() -> None:
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
