"""What the tables of grants, payments and reports refuse by themselves."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, models, transaction

from grants.models import (
    BankRecord,
    Beneficiary,
    CostLine,
    Grant,
    GrantRole,
    Payment,
    PeriodicReport,
    Signature,
    Statement,
)
from tests.factories import grant as given
from tests.factories.grant_reports import add_costs

pytestmark = pytest.mark.django_db
NOW = datetime(2023, 1, 1, tzinfo=UTC)


def refused(rows: models.QuerySet[Any], **values: Any) -> None:
    """The database itself says no."""
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(**values)


def test_amounts_and_dates_of_a_grant() -> None:
    rows = Grant.objects.filter(pk=given.a_grant().pk)
    refused(rows, grant_max_cents=0)
    refused(rows, sme_planned_cents=-1)
    refused(rows, sme_planned_cents=models.F("grant_max_cents") + 1)
    refused(rows, reduction_cents=models.F("grant_max_cents") + 1)
    refused(rows, ends_on=models.F("starts_on"))
    refused(rows, share_n=4, share_d=4)
    refused(rows, ceiling_bp=10_001)
    refused(rows, prefinancing_bp=9_001)


def test_a_partner_stands_once_and_one_coordinates() -> None:
    grant = given.a_grant()
    rows = Beneficiary.objects.filter(grant=grant)
    refused(rows.filter(is_coordinator=False), is_coordinator=True)
    refused(rows, coordination_planned_cents=-1)
    first = given.partners(grant)[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        Beneficiary.objects.create(
            grant=grant, organisation=first.organisation, coordination_planned_cents=0
        )


def test_a_role_is_held_once_at_a_time() -> None:
    grant = given.a_grant()
    role = grant.roles.all()[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        GrantRole.objects.create(
            grant=grant,
            person=role.person,
            organisation=role.organisation,
            role=role.role,
            start_date=date(2022, 5, 1),
        )
    refused(grant.roles.all(), role="BOSS")


def test_a_payment_has_an_amount_two_parties_and_a_number() -> None:
    grant = given.an_active_grant()
    rows = Payment.objects.filter(grant=grant)
    refused(rows, amount_cents=0)
    refused(rows, amount_cents=10**13 + 1)
    refused(rows, end_to_end_id="")
    refused(rows, payee=None)
    refused(rows, payer=grant.coordinator)
    refused(rows, kind="gift")


def test_a_payment_that_was_sent_keeps_its_people_and_its_account() -> None:
    grant = given.an_active_grant()
    given.send(grant.payments.get(), by=given.three_officers(grant))
    rows = Payment.objects.filter(grant=grant)
    for name in ("preparer", "approver", "sender"):
        refused(rows, **{name: None})
    refused(rows, iban="")


def test_what_the_bank_did_is_read_by_two_and_once() -> None:
    grant = given.an_active_grant()
    by = given.three_officers(grant)
    given.pay(grant.payments.get(), by=by)
    rows = BankRecord.objects.filter(payment__grant=grant)
    refused(rows, confirmed_by=models.F("entered_by"))
    refused(rows, withdrawn_at=NOW)
    refused(rows, reference="")
    refused(rows, outcome="lost")


def test_reports_are_numbered_and_one_is_final() -> None:
    report = given.the_report(given.a_funded_grant())
    rows = PeriodicReport.objects.filter(pk=report.pk)
    refused(rows, ends_on=date(2022, 8, 31))
    for values in ({"number": 1}, {"number": 2, "ends_on": date(2020, 1, 1)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            PeriodicReport.objects.create(
                grant=report.grant,
                starts_on=date(2023, 9, 1),
                due_on=date(2024, 10, 30),
                opened_at=NOW,
                **({"ends_on": date(2024, 8, 31)} | values),
            )


def test_statements_and_lines_hold_together() -> None:
    report = given.the_report(given.a_funded_grant())
    rows = Statement.objects.filter(report=report)
    refused(rows, rate_millionths=0)
    refused(rows, rate_millionths=2)
    refused(rows, claimed_cents=1, accepted_cents=2)
    refused(rows, audited_cents=-1)
    lines = CostLine.objects.filter(pk=add_costs(rows[0], cents=100).pk)
    refused(lines, accepted_cents=99)
    refused(lines, accepted_cents=101, reason="more")
    refused(lines, accepted_cents=-1, reason="less")
    refused(lines, cost_cents=0)
    assert lines.update(accepted_cents=99, reason="no invoice") == 1


def test_a_paper_is_signed_once_for_each_side() -> None:
    grant = given.a_signed_grant()
    for signature in grant.signatures.all():
        with pytest.raises(IntegrityError), transaction.atomic():
            Signature.objects.create(
                grant=grant,
                kind=signature.kind,
                organisation=signature.organisation,
                person=signature.person,
                signed_at=NOW,
                document=signature.document,
                sha256=signature.sha256,
            )
