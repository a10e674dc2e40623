"""Lists take the same number of statements for one row and for three; records stay small."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse

from core import clock
from tests import counting
from tests.factories import claims
from tests.factories.vouchers import APPLYING, a_running_voucher, the_fund_manager, the_holder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.models import Person
    from vouchers.models import Claim

pytestmark = pytest.mark.django_db
DETAIL_MAX = 20
LIST_MAX = 25


@pytest.fixture(autouse=True)
def product_time() -> Iterator[None]:
    with clock.standing_at(claims.PAYING):
        yield


def statements(person: Person | None, name: str, *args: object) -> int:
    client, url = Client(), reverse(name, args=args)
    if person is not None:
        client.force_login(person)
    return counting.statements(client, url)


def lists(of: Claim) -> dict[str, int]:
    grant, sme_call = of.voucher.grant, of.voucher.application.sme_call
    manager, officer = the_fund_manager(grant), claims.the_officers(grant)[0]
    return {
        "claims, fund manager": statements(manager, "vouchers:claim_desk"),
        "claims, finance officer": statements(officer, "vouchers:claim_desk"),
        "payments": statements(officer, "grants:payment_list"),
        "vouchers": statements(manager, "vouchers:voucher_desk"),
        "applications": statements(manager, "vouchers:sme_call_applications", sme_call.pk),
        "SME calls": statements(manager, "vouchers:sme_call_desk"),
        "ledger": statements(officer, "grants:grant_ledger", grant.pk),
        "home, fund manager": statements(manager, "workflows:home_page"),
        "home, finance officer": statements(officer, "workflows:home_page"),
    }


def test_lists_of_the_sme_side_are_flat() -> None:
    first = claims.a_scheduled()
    one = lists(first)
    for number in range(2):
        other = a_running_voucher(
            of=first.voucher.application.sme_call, at=APPLYING + timedelta(hours=number + 1)
        )
        claims.a_scheduled(claims.ready(other))
    assert lists(first) == one
    assert max(one.values()) <= LIST_MAX


def test_records_of_the_sme_side_take_few_statements() -> None:
    claim = claims.a_scheduled()
    voucher, application = claim.voucher, claim.voucher.application
    manager, officer = the_fund_manager(voucher.grant), claims.the_officers(voucher.grant)[0]
    holder, sme_call = the_holder(voucher), application.sme_call
    found = {
        "claim, finance officer": statements(officer, "vouchers:claim_detail", claim.pk),
        "claim, SME": statements(holder, "vouchers:claim_detail", claim.pk),
        "voucher, fund manager": statements(manager, "vouchers:voucher_page", voucher.pk),
        "voucher, SME": statements(holder, "vouchers:voucher_page", voucher.pk),
        "application": statements(manager, "vouchers:application_page", application.pk),
        "check": statements(manager, "vouchers:application_check", application.pk),
        "SME call": statements(None, "vouchers:sme_call_page", sme_call.pk),
        "SME call, desk": statements(manager, "vouchers:sme_call_record", sme_call.pk),
        "SME call, board": statements(manager, "vouchers:sme_call_board", sme_call.pk),
        "payment": statements(officer, "grants:payment_detail", claims.the_payment(claim).pk),
    }
    assert {name: number for name, number in found.items() if number > DETAIL_MAX} == {}
