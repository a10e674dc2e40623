"""Lists take the same number of statements for one row and for three; details stay small."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from core import clock
from tests import counting
from tests.factories import grant as given
from tests.factories.grant_reports import accept_support, add_costs, hand_in
from tests.factories.grants import an_officer, officer
from tests.grants.views.pages import client_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.models import Person

pytestmark = pytest.mark.django_db
DETAIL_MAX = 20
LIST_MAX = 25


@pytest.fixture(autouse=True)
def product_time() -> Iterator[None]:
    with clock.standing_at(given.PAYING):
        yield


def statements(person: Person, name: str, *args: object) -> int:
    client = client_of(person)
    url = reverse(f"grants:{name}", args=args)
    client.get(url)
    return counting.statements(client, url)


def test_lists_of_grants_and_payments_are_flat() -> None:
    first = given.an_active_grant()
    po = officer(first.call, "AO")
    fo = officer(first.call, "FO")
    one = (statements(po, "grant_list"), statements(fo, "payment_list"))
    for _ in range(2):
        other = given.an_active_grant()
        an_officer(other.call, "AO", person=po)
        an_officer(other.call, "FO", person=fo)
    three = (statements(po, "grant_list"), statements(fo, "payment_list"))
    assert three == one
    assert max(one) <= LIST_MAX


def test_records_take_few_statements() -> None:
    grant = given.a_funded_grant()
    report = given.the_report(grant)
    for row in report.statements.all():
        add_costs(row, cents=1000)
    hand_in(report)
    award = officer(grant.call, "AO")
    found = {
        "grant_detail": statements(award, "grant_detail", grant.pk),
        "grant_ledger": statements(award, "grant_ledger", grant.pk),
        "grant_trial": statements(award, "grant_trial", grant.pk),
        "grant_open_balances": statements(award, "grant_open_balances", grant.pk),
        "grant_bank": statements(award, "grant_bank", grant.pk),
        "payment_detail": statements(award, "payment_detail", grant.payments.get().pk),
        "periodic_report_detail": statements(award, "periodic_report_detail", report.pk),
        "statement_detail": statements(award, "statement_detail", report.statements.all()[0].pk),
    }
    assert max(found.values()) <= DETAIL_MAX


LEDGER = [
    ("grant_account", "B.VCH"),
    ("grant_account", "B.CALL"),
    ("grant_account", "P.BANK"),
    ("grant_trial",),
    ("grant_open_balances",),
    ("grant_bank",),
]


def test_the_ledger_costs_the_same_for_one_claim_and_for_three() -> None:
    grant = given.a_funded_grant()
    auditor = officer(grant.call, "AUD")
    accept_support(grant, cents=1_000_000, on=given.PAYING.date())
    one = [statements(auditor, name, grant.pk, *rest) for name, *rest in LEDGER]
    for _ in range(2):
        accept_support(grant, cents=1_000_000, on=given.PAYING.date())
    three = [statements(auditor, name, grant.pk, *rest) for name, *rest in LEDGER]
    assert three == one
    assert max(one) <= DETAIL_MAX


def test_the_pages_over_all_grants_are_flat() -> None:
    first = given.a_funded_grant()
    auditor = officer(first.call, "AUD")
    names = ("trial_balance_all", "open_balances_all")
    one = [statements(auditor, name) for name in names]
    for _ in range(2):
        an_officer(given.a_funded_grant().call, "AUD", person=auditor)
    assert [statements(auditor, name) for name in names] == one
    assert max(one) <= LIST_MAX
