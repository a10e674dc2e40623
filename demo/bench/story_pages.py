"""The pages of grants, vouchers and money, and who looks at them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from core.models import Person
from demo.bench.pages import DETAIL, HOME, LIST, Measured, Page
from demo.stage import DOMAIN
from grants.models import Grant, GrantRole, Payment, PeriodicReport
from ledger.api import AccountType
from vouchers.models import Application, Claim, SmeCall, Voucher

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Records:
    """A grant in use, and one record of each kind in it, of those with most to show."""

    grant: Grant
    sme_call: SmeCall
    application: Application
    voucher: Voucher
    claim: Claim
    payment: Payment
    report: PeriodicReport
    own: Voucher


def pages(officer: Person) -> list[Measured]:
    """``officer`` holds every office of the call; the others are the demonstration's accounts."""
    found = _records()
    return [
        *_lists(found, officer),
        *_details(found, officer),
        *_homes(officer),
    ]


def _person(mailbox: str) -> Person:
    return Person.objects.get(email=f"{mailbox}@{DOMAIN}")


def _records() -> Records:
    grant = GrantRole.objects.filter(person=_person("funds"))[0].grant
    claim = Claim.objects.filter(voucher__grant=grant, state=Claim.State.SCHEDULED)[0]
    own = Voucher.objects.filter(organisation__memberships__person=_person("sme"))[0]
    return Records(
        grant=grant,
        sme_call=claim.voucher.application.sme_call,
        application=claim.voucher.application,
        voucher=claim.voucher,
        claim=claim,
        payment=Payment.objects.filter(claim=claim)[0],
        report=PeriodicReport.objects.filter(state=PeriodicReport.State.CLOSED)[0],
        own=own,
    )


def _lists(found: Records, officer: Person) -> Iterator[Page]:
    funds, finance, sme = _person("funds"), _person("finance"), _person("sme")
    grant, sme_call = found.grant.pk, found.sme_call.pk
    for name, who, url in (
        ("grant_list", officer, _grants("grant_list")),
        ("payment_list, authority", officer, _grants("payment_list")),
        ("payment_list, consortium", finance, _grants("payment_list")),
        ("grant_ledger", officer, _grants("grant_ledger", grant)),
        ("grant_account", officer, _grants("grant_account", grant, AccountType.VCH)),
        ("grant_trial", officer, _grants("grant_trial", grant)),
        ("grant_open_balances", officer, _grants("grant_open_balances", grant)),
        ("open_balances_all", officer, _grants("open_balances_all")),
        ("claim_desk, officer", officer, _vouchers("claim_desk")),
        ("claim_desk, fund manager", funds, _vouchers("claim_desk")),
        ("voucher_desk", funds, _vouchers("voucher_desk")),
        ("sme_call_desk", funds, _vouchers("sme_call_desk")),
        ("sme_call_applications", funds, _vouchers("sme_call_applications", sme_call)),
        ("provider_list", funds, _vouchers("provider_list", grant)),
        ("bank_account_list", officer, reverse("parties:bank_account_list")),
        ("export_list", officer, reverse("reporting:export_list")),
        ("voucher_mine, SME", sme, _vouchers("voucher_mine")),
        ("application_list, SME", sme, _vouchers("application_list")),
        ("sme_call_list, visitor", None, _vouchers("sme_call_list")),
        ("open_data, visitor", None, reverse("reporting:open_data")),
    ):
        yield Page(name, LIST, who, url)


def _details(found: Records, officer: Person) -> Iterator[Page]:
    funds, finance, sme = _person("funds"), _person("finance"), _person("sme")
    for name, who, url in (
        ("grant_detail", officer, _grants("grant_detail", found.grant.pk)),
        ("periodic_report_detail", officer, _grants("periodic_report_detail", found.report.pk)),
        ("payment_detail", finance, _grants("payment_detail", found.payment.pk)),
        ("sme_call_page, visitor", None, _vouchers("sme_call_page", found.sme_call.pk)),
        ("sme_call_record", funds, _vouchers("sme_call_record", found.sme_call.pk)),
        ("sme_call_board", funds, _vouchers("sme_call_board", found.sme_call.pk)),
        ("application_page", funds, _vouchers("application_page", found.application.pk)),
        ("voucher_page, fund manager", funds, _vouchers("voucher_page", found.voucher.pk)),
        ("voucher_page, SME", sme, _vouchers("voucher_page", found.own.pk)),
        ("claim_detail", finance, _vouchers("claim_detail", found.claim.pk)),
        ("organisation_detail", officer, _organisation(found.grant)),
    ):
        yield Page(name, DETAIL, who, url)


def _homes(officer: Person) -> Iterator[Page]:
    url = reverse("workflows:home_page")
    yield Page("home, every office", HOME, officer, url)
    for mailbox in ("auditor", "authorising", "finance", "funds", "sme"):
        yield Page(f"home, {mailbox}", HOME, _person(mailbox), url)
    yield Page("front, visitor", HOME, None, reverse("workflows:front_page"))


def _organisation(grant: Grant) -> str:
    return reverse("parties:organisation_detail", args=[grant.coordinator_id])


def _grants(name: str, *args: Any) -> str:
    return reverse(f"grants:{name}", args=args)


def _vouchers(name: str, *args: Any) -> str:
    return reverse(f"vouchers:{name}", args=args)
