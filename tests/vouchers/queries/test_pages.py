"""Lists ask the database as often for one row as for three."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.grant import an_active_grant
from tests.factories.vouchers import (
    APPLYING,
    DECIDING,
    SIGNING,
    STARTING,
    a_running_voucher,
    a_submitted_application,
    an_issued_voucher,
    an_open_sme_call,
    the_fund_manager,
    the_holder,
)
from vouchers.models import Voucher
from vouchers.queries import application_pages, provider_pages, sme_call_pages, voucher_pages

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db
DAY = STARTING.date()


def asked(read: Callable[[], object]) -> int:
    """Statements of one read."""
    with CaptureQueriesContext(
        connection,
    ) as seen:
        read()
    return len(seen)


def test_lists_of_calls_applications_vouchers_and_providers() -> None:
    grant = an_active_grant()
    manager = the_fund_manager(grant)
    sme_call = an_open_sme_call(of=grant)
    first = an_issued_voucher(of=sme_call)
    holder = the_holder(first)

    def vouchers() -> object:
        rows = Voucher.objects.visible_to(manager, on=DAY).select_related(
            "organisation", "grant__book", "application__service"
        )
        return voucher_pages.desk_table(list(rows)).body()

    def applications() -> object:
        rows = sme_call.applications.select_related("organisation")
        return application_pages.list_table(list(rows)).body()

    reads: dict[str, Callable[[], object]] = {
        "open calls": lambda: sme_call_pages.open_calls(APPLYING),
        "desk": lambda: sme_call_pages.desk_table(manager, on=DAY).body(),
        "vouchers": vouchers,
        "applications": applications,
        "mine": lambda: voucher_pages.mine(holder, on=DAY),
        "my applications": lambda: application_pages.mine(holder, on=DAY),
        "providers": lambda: provider_pages.groups(grant, on=DAY),
    }
    before = {name: asked(read) for name, read in reads.items()}
    for number in range(2):
        an_issued_voucher(of=sme_call, at=APPLYING + timedelta(hours=number + 1))
    an_open_sme_call(of=grant)
    a_submitted_application(of=an_open_sme_call(of=grant), sme=first.organisation)
    assert {name: asked(read) for name, read in reads.items()} == before
    assert max(before.values()) <= 4


def test_the_value_of_a_voucher_is_read_from_the_ledger() -> None:
    made = a_running_voucher()
    value = voucher_pages.value_of(made)
    assert (value.whole, value.paid, value.checking, value.free) == (5_000_00, 0, 0, 5_000_00)
    assert value.released == 0


def test_a_number_alone_names_no_holder_and_a_wrong_sign_finds_nothing() -> None:
    made = an_issued_voucher()
    firm = made.organisation.legal_name
    by_number = voucher_pages.verified_by_number(made.number.lower(), at=SIGNING)
    by_code = voucher_pages.verified_by_code(made.code, at=SIGNING)
    assert by_number is not None
    assert by_code is not None
    assert firm not in " ".join(row.value for row in by_number.rows)
    assert firm in " ".join(row.value for row in by_code.rows)
    assert by_number.tag.words == "Genuine and valid"
    assert voucher_pages.verified_by_number(f"{made.number}X", at=SIGNING) is None
    assert voucher_pages.verified_by_code("guess", at=DECIDING) is None
