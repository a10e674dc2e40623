from __future__ import annotations

import pytest

from checks import states
from tests.checks.samples import a_module

FORBIDDEN = [
    "voucher.state = 'issued'",
    "self.record.state: str = 'issued'",
    "voucher.state += 'x'",
    "a, voucher.state = 1, 2",
    "for voucher.state in names: pass",
    "setattr(voucher, 'state', new)",
    "object.__setattr__(voucher, 'state', new)",
    "voucher.__dict__['state'] = new",
    "vouchers.update(state=new)",
    "vouchers.filter(state=old).update(amount=1, state=new)",
    "vouchers.update(**{'state': new})",
    "vouchers.create(state=new)",
    "vouchers.acreate(state=new)",
    "vouchers.get_or_create(number=1, defaults={'state': new})",
    "vouchers.update_or_create(number=1, create_defaults={'state': new})",
    "vouchers.bulk_update(rows, ['amount', 'state'])",
    "vouchers.bulk_update(rows, fields=('state',))",
    "from vouchers.models import Voucher\nVoucher(state=new)",
    "from vouchers.models.voucher import Voucher as V\nV2 = V(1)\nmodels.Voucher(state=new)",
    "cursor.execute('UPDATE vouchers_voucher SET state = %s')",
    "cursor.execute('update vouchers_voucher set amount = 1, state = 2')",
    "cursor.execute('INSERT INTO vouchers_voucher (id, state) VALUES (1, 2)')",
]
ALLOWED = [
    "state = fsm.State(S)",
    "old = voucher.state",
    "vouchers.filter(state=old)",
    "Q(state=old)",
    "from django.db.models import Q\nQ(state=old)",
    "vouchers.update(amount=1)",
    "Row(state=old)",
    "setattr(voucher, 'amount', 1)",
    "vouchers.bulk_update(rows, ['amount'])",
    "cursor.execute('SELECT state FROM vouchers_voucher')",
    "say('The state of the update')",
]


@pytest.mark.parametrize("code", FORBIDDEN)
def test_a_state_brought_about_past_the_gate_is_found(code: str) -> None:
    assert [problem.sentence for problem in states.check(a_module(code))] == [states.SENTENCE]


@pytest.mark.parametrize("code", ALLOWED)
def test_reading_a_state_is_no_problem(code: str) -> None:
    assert list(states.check(a_module(code))) == []


@pytest.mark.parametrize("at", ["demo/call.py", "tests/factories/vouchers.py", "vouchers/views.py"])
def test_it_holds_in_the_demo_the_factories_and_every_layer(at: str) -> None:
    assert len(list(states.check(a_module("voucher.state = 'paid'", at=at)))) == 1


@pytest.mark.parametrize("at", ["core/gate.py", "core/lifecycle.py"])
def test_the_gate_itself_may(at: str) -> None:
    assert list(states.check(a_module("record.state = value", at=at))) == []


def test_a_lifecycle_of_an_app_may_not() -> None:
    module = a_module("self.record.state = 'paid'", at="vouchers/lifecycle/voucher.py")
    assert len(list(states.check(module))) == 1


def test_a_test_may_try_raw_sql_against_the_constraints() -> None:
    module = a_module("run('UPDATE v SET state = 1')", at="tests/vouchers/test_constraints.py")
    assert list(states.check(module)) == []


def test_a_model_class_in_its_own_file_is_known() -> None:
    code = "class Voucher(Model): pass\nVoucher(state='paid')"
    assert len(list(states.check(a_module(code, at="vouchers/models/voucher.py")))) == 1
