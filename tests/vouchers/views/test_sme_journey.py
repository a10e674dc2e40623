"""One SME call from set-up to a running voucher, through the pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from core import clock
from tests.factories.grant import an_active_grant, appoint
from tests.factories.grants import a_pdf
from tests.factories.parties import a_person, an_organisation, an_sme, the_representative
from tests.factories.vouchers import (
    ACCEPTING,
    APPLYING,
    DECIDING,
    HIRING,
    OPENING,
    PLANNING,
    SIGNING,
    STARTING,
    a_provider,
    the_fund_manager,
    the_signatory,
)
from vouchers.models import Application, SmeCall, Voucher

if TYPE_CHECKING:
    from datetime import datetime

    from core.models import Person
    from grants.models import Grant
    from parties.models import Organisation

pytestmark = pytest.mark.django_db

TERMS = {
    "title": "Green services for small workshops",
    "conditions": "SMEs of the textile ecosystem.",
    "portal_id": "14063COMPETITIVE_CALLen",
    "scheme": "cofunded",
    "order": "first_come",
    "budget_cents": "50.000,00",
    "rate_bp": "50",
    "own_share_bp": "50",
    "route": "reimbursement",
    "regime": "none",
    "opens_at_day": "16 Jan 2023",
    "opens_at_time": "10:00",
    "closes_at_day": "20 Mar 2023",
    "closes_at_time": "17:00",
    "service_max": "2",
    "validity_months": "12",
    "accept_days": "15",
    "answer_days": "15",
    "invoice_days": "30",
    "check_days": "30",
    "age_months_min": "0",
    "catalogue_only": "on",
    "distance": "anywhere",
    "score_min": "10",
    "score_delta": "5",
}


def rows(*forms: dict[str, str]) -> dict[str, str]:
    """Rows of a list as a browser sends them."""
    sent = {"form-TOTAL_FORMS": str(len(forms)), "form-INITIAL_FORMS": "0"}
    for place, form in enumerate(forms):
        sent |= {f"form-{place}-{name}": value for name, value in form.items()}
    return sent


def go(person: Person, name: str, *args: Any, at: datetime, **sent: Any) -> Any:
    """GET, or POST if anything is sent, as a person at an instant; follows to the next page."""
    client = Client()
    client.force_login(person)
    with clock.standing_at(at):
        if not sent:
            return client.get(reverse(f"vouchers:{name}", args=args), secure=True)
        data = {} if sent == {"press": True} else sent
        return client.post(reverse(f"vouchers:{name}", args=args), data, secure=True, follow=True)


def ok(answer: Any) -> str:
    """The page, which is there."""
    text: str = answer.content.decode()
    wrong = re.findall(
        r"govuk-error-message[^>]*>(.*?)</p>|tr-msg--bad(.*?)</div>", text, re.DOTALL
    )
    assert answer.status_code == 200, wrong
    return text


def set_up(grant: Grant) -> SmeCall:
    manager, signatory = the_fund_manager(grant), the_signatory(grant)
    ok(go(manager, "sme_call_new", grant.pk, at=PLANNING))
    ok(go(manager, "sme_call_new", grant.pk, at=PLANNING, **TERMS))
    sme_call = SmeCall.objects.get()
    assert (sme_call.rate_bp, sme_call.budget_cents) == (5_000, 50_000_00)
    service = {
        "kind": "green",
        "title": "Green check",
        "activities": "Energy audit",
        "amount_cents": "5,000",
        "counts": "on",
    }
    lists = {
        "services": rows(service),
        "criteria": rows(
            {
                "name": "Impact",
                "score_max": "30",
                "score_step": "1",
                "threshold": "0",
                "tie_rank": "1",
            }
        ),
        "evidence_items": rows(
            {"stage": "claim", "title": "Invoice", "is_required": "on"},
            {"stage": "application", "title": "Accounts", "is_required": "on"},
        ),
    }
    for part, sent in lists.items():
        ok(go(manager, "sme_call_part", sme_call.pk, part, at=PLANNING))
        ok(go(manager, "sme_call_part", sme_call.pk, part, at=PLANNING, **sent))
    assert "Make it ready" in ok(go(manager, "sme_call_record", sme_call.pk, at=PLANNING))
    ok(go(manager, "sme_call_event", sme_call.pk, "make_ready", at=PLANNING, press=True))
    assert "Waits for your approval" in ok(go(signatory, "sme_call_desk", at=PLANNING))
    ok(go(signatory, "sme_call_event", sme_call.pk, "approve", at=OPENING, press=True))
    assert SmeCall.objects.get().state == SmeCall.State.OPEN
    assert "Green services" in ok(Client().get(reverse("vouchers:sme_call_list"), secure=True))
    return sme_call


def declare_size(owner: Person, one: Application) -> None:
    size = {
        "own-year": "2022",
        "own-headcount": "60",
        "own-turnover_cents": "8.000.000,00",
        "own-balance_cents": "4.000.000,00",
        "own-declared": "medium",
        "tie-TOTAL_FORMS": "1",
        "tie-INITIAL_FORMS": "0",
        "tie-0-name": "Holder B",
        "tie-0-direction": "up",
        "tie-0-capital_bp": "33",
        "tie-0-votes_bp": "0",
        "tie-0-investor": "ordinary",
        "tie-0-headcount": "100",
        "tie-0-turnover_cents": "0",
        "tie-0-balance_cents": "0",
        "year-TOTAL_FORMS": "0",
        "year-INITIAL_FORMS": "0",
    }
    ok(go(owner, "application_size", one.pk, at=APPLYING))
    assert "93 staff" in ok(go(owner, "application_size_preview", one.pk, at=APPLYING, **size))
    ok(go(owner, "application_size", one.pk, at=APPLYING, **size))
    assert "Holder B" in ok(go(owner, "application_size", one.pk, at=APPLYING))


def apply(owner: Person, sme: Organisation, sme_call: SmeCall) -> Application:
    assert "Begin an application" in ok(go(owner, "sme_call_page", sme_call.pk, at=APPLYING))
    ok(go(owner, "application_start", sme_call.pk, at=APPLYING, organisation_id=str(sme.pk)))
    one = Application.objects.get()
    assert "0 of 4 done" in ok(go(owner, "application_page", one.pk, at=APPLYING))
    plan = {
        "service": str(sme_call.services.get().pk),
        "title": "Less heat",
        "plan": "Measure.",
        "result": "A fifth less.",
        "net_cost_cents": "8.000,00",
    }
    ok(go(owner, "application_edit", one.pk, at=APPLYING))
    ok(go(owner, "application_edit", one.pk, at=APPLYING, **plan))
    declare_size(owner, one)
    item = sme_call.evidence_items.get(stage="application")
    upload = SimpleUploadedFile("accounts.pdf", a_pdf(), content_type="application/pdf")
    ok(go(owner, "application_files", one.pk, at=APPLYING))
    ok(go(owner, "application_files", one.pk, at=APPLYING, **{f"file_{item.pk}": upload}))
    ok(go(owner, "application_declare", one.pk, at=APPLYING))
    ticks = {"is_honest": "on", "has_no_other_funding": "on", "has_no_conflict": "on"}
    ok(go(owner, "application_declare", one.pk, at=APPLYING, **ticks))
    assert "4 of 4 done" in ok(go(owner, "application_page", one.pk, at=APPLYING))
    ok(go(owner, "application_event", one.pk, "submit", at=APPLYING, press=True))
    one.refresh_from_db()
    assert (one.state, one.value_cents) == (Application.State.SUBMITTED, 4_000_00)
    return one


def select(one: Application, owner: Person) -> Voucher:
    sme_call, manager = one.sme_call, the_fund_manager(one.sme_call.grant)
    ok(go(manager, "sme_call_applications", sme_call.pk, at=DECIDING))
    assert "Find it eligible" in ok(go(manager, "application_check", one.pk, at=DECIDING))
    checked = {"eligible-checked_on": "27.03.2023"}
    ok(go(manager, "application_eligible", one.pk, at=DECIDING, **checked))
    for _number in range(2):
        evaluator = a_person()
        ok(
            go(
                manager,
                "application_ask",
                one.pk,
                at=DECIDING,
                **{"ask-evaluator": evaluator.email},
            )
        )
        assert one.number in ok(go(evaluator, "review_list", at=DECIDING))
        ok(go(evaluator, "application_review", one.pk, at=DECIDING))
        report = {"mark_1": "24", "comment": "Good.", "has_no_conflict": "on"}
        ok(go(evaluator, "application_review", one.pk, at=DECIDING, **report))
    assert "Decide 1 application" in ok(go(manager, "sme_call_board", sme_call.pk, at=DECIDING))
    ok(go(manager, "sme_call_board", sme_call.pk, at=DECIDING, press=True))
    assert "Accept the award" in ok(go(owner, "application_page", one.pk, at=ACCEPTING))
    ok(go(owner, "application_accept", one.pk, at=ACCEPTING))
    ok(go(owner, "application_accept", one.pk, at=ACCEPTING, has_no_other_funding="on"))
    return Voucher.objects.get()


def sign(voucher: Voucher, owner: Person) -> None:
    manager, signatory = the_fund_manager(voucher.grant), the_signatory(voucher.grant)
    assert "Read and sign" in ok(go(owner, "voucher_page", voucher.pk, at=SIGNING))
    agreement = go(owner, "voucher_agreement", voucher.pk, at=SIGNING)
    assert b"AGREEMENT ON VOUCHER" in b"".join(agreement.streaming_content)
    agreement.close()
    ok(go(owner, "voucher_event", voucher.pk, "sign_as_holder", at=SIGNING, press=True))
    ok(go(signatory, "voucher_event", voucher.pk, "sign_for_consortium", at=SIGNING, press=True))
    assert voucher.number in ok(go(owner, "voucher_mine", at=HIRING))
    assert voucher.number in ok(go(manager, "voucher_desk", at=HIRING))
    assert "Highest value" in ok(go(owner, "voucher_print", voucher.pk, at=HIRING))


def use(voucher: Voucher, owner: Person, firm: Organisation) -> None:
    manager = the_fund_manager(voucher.grant)
    ok(go(owner, "voucher_provider", voucher.pk, at=HIRING))
    offer = SimpleUploadedFile("offer.pdf", a_pdf(), content_type="application/pdf")
    chosen = {"listed": str(firm.pk), "services": "Audit", "net_cents": "8000", "offer": offer}
    ok(go(owner, "voucher_provider", voucher.pk, at=HIRING, **chosen))
    assert "Confirm the provider" in ok(go(manager, "voucher_page", voucher.pk, at=HIRING))
    ok(go(manager, "voucher_event", voucher.pk, "confirm_provider", at=HIRING, press=True))
    ok(go(owner, "voucher_start", voucher.pk, at=STARTING))
    ok(go(owner, "voucher_start", voucher.pk, at=STARTING, contract_on="20 Apr 2023"))
    voucher.refresh_from_db()
    assert voucher.state == Voucher.State.IN_PROGRESS


def extend(voucher: Voucher) -> None:
    grant, manager = voucher.grant, the_fund_manager(voucher.grant)
    second = appoint(grant, "FM")
    ok(go(manager, "voucher_extension", voucher.pk, at=STARTING))
    longer = {"new_day": "1 Jun 2024", "reason": "The machine comes late."}
    ok(go(manager, "voucher_extension", voucher.pk, at=STARTING, **longer))
    ok(go(second, "voucher_event", voucher.pk, "extend", at=STARTING, press=True))
    voucher.refresh_from_db()
    assert f"{voucher.expires_on}" == "2024-06-01"


def test_from_set_up_to_a_running_voucher() -> None:
    grant = an_active_grant()
    firm = a_provider(grant).organisation
    sme_call = set_up(grant)
    sme = an_sme()
    owner = the_representative(sme)
    voucher = select(apply(owner, sme, sme_call), owner)
    sign(voucher, owner)
    use(voucher, owner, firm)
    extend(voucher)
    manager = the_fund_manager(grant)
    ok(go(manager, "provider_list", grant.pk, at=STARTING))
    seen = Client().get(reverse("vouchers:voucher_scan", args=[voucher.code]), secure=True)
    assert sme.legal_name in ok(seen)
    asked = {"number": voucher.number}
    plain = ok(Client().get(reverse("vouchers:voucher_verify"), asked, secure=True))
    assert "Genuine" in plain
    assert sme.legal_name not in plain
    other = an_organisation(kind="provider", legal_form="Ltd")
    new = {"vat_number": other.vat_number, "services": "Audits", "kinds": ["green"]}
    ok(go(manager, "provider_new", grant.pk, at=STARTING, **new))
