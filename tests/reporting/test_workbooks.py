"""The workbooks hold the grant's figures, and every control sums the column it names."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from ledger.models import Entry
from reporting.renderers import csv, xlsx
from reporting.reports import REPORTS, open_data
from tests.factories import claims
from tests.factories import grant as granted
from tests.factories.evaluation import a_frozen_ranking
from tests.staging import staged

pytestmark = pytest.mark.django_db
AT = datetime(2023, 9, 4, 9, 0, tzinfo=UTC)
EXTENT = re.compile(r"^=ROUND\(SUM\('(\w+)'!\$([A-Z]+)\$4:\$\2\$(\d+)\),2\)$")


@staged
def a_recovered_claim() -> Any:
    """EUR 2,000 accepted and paid, EUR 500 of it to be paid back."""
    one = claims.a_paid(claims.a_claimable_voucher())
    claims.recover(one)
    return claims.fresh(one)


def rows_of(book: Any, title: str) -> list[dict[str, Any]]:
    sheet = next(sheet for sheet in book.sheets if sheet.title == title)
    heads = [column.title for column in sheet.columns]
    return [dict(zip(heads, row, strict=True)) for row in sheet.rows]


def test_each_control_of_the_audit_workbook_adds_up_the_column_that_it_names(media: None) -> None:
    grant = granted.fresh(a_recovered_claim().voucher.grant)
    report = REPORTS["audit-grant"].build(grant, AT).read()
    book = load_workbook(BytesIO(xlsx.render(report, at=AT)))
    control = book["Control"]
    for row, figure in enumerate(report.controls, start=4):
        found = EXTENT.match(str(control.cell(row, 2).value))
        assert found, figure.title
        sheet, letter, last = found.groups()
        page = book[sheet]
        assert page[f"{letter}3"].value == figure.column
        assert int(last) >= page.max_row - 1
        cells = [page[f"{letter}{line}"].value for line in range(4, int(last) + 1)]
        total = sum(Decimal(repr(cell)) for cell in cells if cell is not None)
        assert total == Decimal(figure.cents).scaleb(-2), figure.title
        assert Decimal(repr(control.cell(row, 3).value)) == total
        assert control.cell(row, 4).value == f"=ROUND(B{row}-C{row},2)"
        assert control.cell(row, 5).value == f'=IF(D{row}=0,"OK","BREAK")'
    assert control["B1"].value == '=IF(COUNTIF(E4:E10,"OK")=7,"PASS","FAIL")'


def test_the_controls_hold_what_the_claim_and_its_recovery_came_to(media: None) -> None:
    grant = granted.fresh(a_recovered_claim().voucher.grant)
    for slug, subject in (("audit-grant", grant), ("audit-call", grant.call)):
        report = REPORTS[slug].build(subject, AT).read()
        figures = {control.title: control.cents for control in report.controls}
        assert figures["Accepted on claims, before recoveries"] == 200_000
        assert figures["Recovered from SMEs"] == 50_000
        assert figures["SME support accepted"] == 150_000
        assert figures["Debits of the ledger"] == figures["Credits of the ledger"] > 0
        assert report.broken() == []


def test_a_missing_row_breaks_the_book(media: None) -> None:
    grant = granted.fresh(a_recovered_claim().voucher.grant)
    report = REPORTS["audit-grant"].build(grant, AT).read()
    ledger = next(sheet for sheet in report.sheets if sheet.title == "Ledger")
    assert isinstance(ledger.rows, list)
    assert len(ledger.rows) == Entry.objects.filter(account__book=grant.book).count()
    ledger.rows.pop(0)
    assert {control.sheet for control in report.broken()} == {"Ledger"}


def test_the_register_of_recipients_says_who_got_what(media: None) -> None:
    voucher = a_recovered_claim().voucher
    [row] = rows_of(REPORTS["recipients"].build(voucher.grant, AT), "Recipients")
    firm = voucher.organisation
    assert row["Voucher"] == voucher.number
    assert (row["Recipient"], row["VAT number"]) == (firm.legal_name, firm.vat_number)
    assert (row["Country"], row["Size class"], row["Service"]) == (
        "BE",
        "Small enterprise",
        "Green",
    )
    assert (row["Awarded EUR"], row["Accepted EUR"]) == (voucher.value_cents, 200_000)
    assert row["To be paid back EUR"] == 50_000
    assert row["Provider"] == voucher.provider.organisation.legal_name


def test_payments_and_claims_name_the_people_who_acted(media: None) -> None:
    one = a_recovered_claim()
    report = REPORTS["audit-grant"].build(granted.fresh(one.voucher.grant), AT).read()
    paid = claims.the_payment(one)
    row = next(
        row for row in rows_of(report, "Payments")
        if row["End-to-end reference"] == paid.end_to_end_id
    )  # fmt: skip
    people = {row["Prepared by"], row["Approved by"], row["Sent by"]}
    assert people == {str(paid.preparer), str(paid.approver), str(paid.sender)}
    assert (len(people), row["Amount EUR"], row["IBAN"]) == (3, 200_000, paid.iban)
    [claimed] = rows_of(report, "Claims")
    assert claimed["Checked by"] != claimed["Certified by"]
    assert (claimed["Claimed EUR"], claimed["Accepted EUR"]) == (200_000, 200_000)


def test_the_workbook_of_unchanged_records_is_the_same_bytes(media: None) -> None:
    grant = granted.fresh(a_recovered_claim().voucher.grant)
    first, again = (xlsx.render(REPORTS["audit-grant"].build(grant, AT), at=AT) for _ in range(2))
    assert first == again


def test_the_ranked_list_shows_the_frozen_places(media: None) -> None:
    ranking = a_frozen_ranking(["4", "3.5"])
    report = REPORTS["ranking"].build(ranking.call, AT).read()
    assert dict(report.about)["SHA-256 of the sealed list"] == ranking.sha256
    rows = rows_of(report, "Ranked list")
    kept = {row.proposal.reference: row for row in ranking.rows.select_related("proposal")}
    assert {row["Proposal"] for row in rows} == set(kept)
    for row in rows:
        line = kept[row["Proposal"]]
        assert (row["Rank"], row["Total"]) == (line.rank, line.total)
        assert row["Requested EUR"] == line.requested_cents


def test_open_data_has_results_and_recipients_and_no_person(media: None) -> None:
    voucher = a_recovered_claim().voucher
    grants = csv.render(open_data.grants_sheet(open_data.grants())).decode("utf-8-sig")
    assert voucher.grant.coordinator.legal_name in grants
    assert voucher.grant.number in grants
    recipients = csv.render(open_data.recipients_sheet(open_data.vouchers())).decode("utf-8-sig")
    assert f"{voucher.organisation.legal_name},BE" in recipients
    assert f"{voucher.value_cents // 100}.00" in recipients
    both = grants + recipients
    assert "@" not in both
    assert str(voucher.holder_signed_by) not in both
    assert voucher.number not in both


def test_a_grant_that_is_not_signed_is_not_published(media: None) -> None:
    made = granted.a_ready_grant()
    assert made.book is None
    assert made.number not in csv.render(open_data.grants_sheet(open_data.grants())).decode()
    assert made.starts_on == date(2022, 9, 1)
