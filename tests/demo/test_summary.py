"""The table of ``manage.py demo`` says what the ledger's entries say.

Here for grants in every condition the table tells apart; for the whole demonstration, which takes
minutes to play, see ``tests/browser/test_demo_table.py``.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from demo import summary
from grants.models import Grant
from tests.demo.recount import COLUMNS, differences, falsified, printed, recounted, rows
from tests.factories import claims
from tests.factories import grant as granted
from tests.factories.grant_reports import accept_support, accepted, add_costs, hand_in

if TYPE_CHECKING:
    from tests.databases import TemplateDatabase

EURO = 100


def a_grant_with_a_repaid_claim() -> Grant:
    """A voucher of EUR 3,600: EUR 2,000 accepted and paid, EUR 500 recovered and repaid."""
    voucher = claims.a_claimable_voucher()
    row = claims.recover(claims.a_paid(voucher), cents=500 * EURO)
    assert row.payment is not None
    granted.pay(row.payment, by=claims.the_officers(voucher.grant)[2:], at=claims.RECOVERING)
    return voucher.grant


def a_grant_with_accepted_costs() -> Grant:
    """Support and coordination accepted at the end of its only period."""
    grant = granted.a_funded_grant(report_months=36)
    Grant.objects.filter(pk=grant.pk).update(cfs_threshold_cents=10**12)
    report = granted.the_report(grant)
    accept_support(grant, cents=400_000 * EURO, on=report.starts_on)
    mine = report.statements.get(beneficiary=granted.partners(grant)[0])
    add_costs(mine, cents=150_000 * EURO)
    accepted(hand_in(report, sme_cents=400_000 * EURO))
    return grant


def said() -> list[str]:
    return rows(summary.lines())


@pytest.mark.django_db
def test_the_table_is_what_the_entries_say() -> None:
    repaid, reported = a_grant_with_a_repaid_claim(), a_grant_with_accepted_costs()
    fresh = granted.an_active_grant()
    with connection.cursor() as cursor:
        found = recounted(cursor)
    assert printed(said()) == found
    assert found[repaid.number]["accepted"] == found[repaid.number]["paid"] == 1_500 * EURO
    assert found[reported.number]["share"] == 7_347
    assert found[fresh.number]["share"] is None
    assert len({grant.number for grant in (repaid, reported, fresh)}) == len(found) == 3


@pytest.mark.django_db
def test_any_falsified_figure_is_found() -> None:
    granted.an_active_grant()
    a_grant_with_a_repaid_claim()
    told = said()
    with connection.cursor() as cursor:
        found = recounted(cursor)
    for (at, row), column in product(enumerate(told), COLUMNS):
        lie = [*told[:at], falsified(row, column), *told[at + 1 :]]
        assert differences(printed(lie), found) == {(row.split(" ")[0], column)}


def test_a_falsified_balance_is_found(fresh_database: TemplateDatabase) -> None:
    grant = a_grant_with_a_repaid_claim()
    owner = fresh_database.owner()
    at = "ON ledger_account" if connection.vendor == "postgresql" else ""
    owner.execute(f"DROP TRIGGER ledger_account_guard {at}")
    owner.execute(
        "UPDATE ledger_account SET balance = balance + 1 WHERE type = 'B.SACC' AND balance > 0"
    )
    owner.commit()
    owner.close()
    with connection.cursor() as cursor:
        found = recounted(cursor)
    lies = {(grant.number, column) for column in ("committed", "accepted")}
    assert differences(printed(said()), found) == lies
