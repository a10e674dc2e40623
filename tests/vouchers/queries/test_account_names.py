"""The accounts of a grant are called by the people's names, not by keys."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from core import clock
from grants.queries import account_names
from ledger import api as ledger
from ledger.models import Account, Event
from parties.rules.days import day_of
from reporting.reports import REPORTS
from tests.factories import claims
from tests.factories.grants import officer
from tests.grants.views.pages import get
from vouchers.queries import ledger_papers

pytestmark = pytest.mark.django_db


def test_every_account_of_a_paid_claim_has_a_name() -> None:
    claim = claims.fresh(claims.a_paid(claims.a_claimable_voucher()))
    grant, voucher = claim.voucher.grant, claim.voucher
    keyed = Account.objects.filter(book=grant.book_id).exclude(key="")
    found = account_names.names(keyed.values_list("type", "key"))
    unknown = account_names.names([("B.VCH", "nobody")])["B.VCH", "nobody"]
    assert unknown not in found.values()
    assert found["B.VCH", str(voucher.pk)] == (voucher.organisation.legal_name, voucher.number)
    owners = {account_names.owner_of(type_) for type_, _key in found}
    assert {"SME call", "application", "voucher", "payee", "group"} <= owners
    page = get(officer(grant.call, "AUD"), "grant_account", grant.pk, "B.VCH")
    assert voucher.organisation.legal_name in page


@pytest.mark.parametrize("kind", ["claim_submitted", "claim_certified", "payment_executed"])
def test_an_event_of_a_claim_leads_to_its_invoice(kind: str) -> None:
    claim = claims.fresh(claims.a_paid(claims.a_claimable_voucher()))
    grant = claim.voucher.grant
    event = Event.objects.get(book=grant.book_id, kind=kind)
    page = get(officer(grant.call, "AUD"), "grant_ledger_event", grant.pk, event.pk)
    shown = claim.evidence.filter(replaced_at__isnull=True)
    assert shown.exists()
    for row in shown:
        assert reverse("vouchers:claim_file", args=[claim.pk, row.pk]) in page


def test_an_event_without_a_claim_has_nothing_behind_its_document() -> None:
    claim = claims.fresh(claims.a_scheduled())
    issued = Event.objects.get(book=claim.voucher.grant.book_id, kind="voucher_issued")
    assert ledger_papers.evidence(issued) == []
    issued.kind = "claim_submitted"
    assert ledger_papers.evidence(issued) == []


def test_what_the_bank_did_on_a_closed_day_is_booked_on_the_first_open_one() -> None:
    claim = claims.fresh(claims.a_scheduled())
    grant = claim.voucher.grant
    assert grant.book is not None
    last = Event.objects.filter(book=grant.book).order_by("-at")[0]
    finance = officer(grant.call, "FO")
    closed = day_of(last.at) + timedelta(days=60)
    ledger.close_period(
        grant.book,
        through=closed,
        document=last.document,
        actor=finance,
        approver=officer(grant.call, "AO"),
        at=last.at + timedelta(days=62),
    )
    paid = claims.fresh(claims.pay(claim))
    booked = Event.objects.get(book=grant.book, kind=ledger.Kind.PAYMENT_EXECUTED)
    assert paid.paid_on is not None
    assert paid.paid_on <= closed
    assert booked.effective_on == closed + timedelta(days=1)


def test_open_balances_are_had_as_a_sheet_of_a_grant_and_of_a_call() -> None:
    claim = claims.fresh(claims.a_scheduled())
    grant = claim.voucher.grant
    for slug, subject in (("open-balances-grant", grant), ("open-balances-call", grant.call)):
        book = REPORTS[slug].build(subject, clock.now())
        (sheet,) = book.sheets
        rows = list(sheet.rows)
        owed = next(row for row in rows if row[1] == "P.SPAY")
        assert owed[0] == grant.number
        assert claim.payee.legal_name in owed[3]
        assert owed[-1] == "no"
