"""The road of a grant through its pages, as each person clicks it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from core import clock
from grants.models import Grant, Payment
from tests.factories import grant as given
from tests.factories.grant_reports import accept_support, accepted, hand_in
from tests.factories.grants import officer
from tests.factories.parties import a_person, the_representative
from tests.grants.views.pages import client_of, get, post

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def product_time() -> Iterator[None]:
    """Pages ask the clock; here it stands in the time of the story."""
    with clock.standing_at(given.PREPARING):
        yield


def test_a_programme_officer_prepares_a_grant() -> None:
    proposal = given.an_invited_proposal()
    po = officer(proposal.call, "PO")
    assert "Begin the preparation" in get(po, "grant_prepare", proposal.pk)
    typed = {"starts_on": "1 Sep 2022", "report_months": "12"}
    assert post(po, "grant_prepare", proposal.pk, **typed) == 302
    grant = Grant.objects.get(proposal=proposal)
    page = get(po, "grant_detail", grant.pk)
    assert "Declaration of honour" in page
    assert "EUR 1,367,790.00" in page
    assert post(a_person(), "grant_prepare", proposal.pk, **typed) == 404


def test_a_refused_form_keeps_what_was_typed() -> None:
    proposal = given.an_invited_proposal()
    client = client_of(officer(proposal.call, "PO"))
    url = reverse("grants:grant_prepare", args=[proposal.pk])
    response = client.post(url, {"starts_on": "someday", "report_months": "7"})
    assert response.status_code == 422
    assert 'value="7"' in response.content.decode()
    assert "someday" in response.content.decode()


def test_partners_declare_and_the_officer_makes_it_ready() -> None:
    grant = given.a_grant()
    for partner in given.partners(grant):
        signatory = given.holder(grant, partner.organisation, "LSIGN")
        assert "Sign the declaration" in get(signatory, "beneficiary_declare", partner.pk)
        assert post(signatory, "beneficiary_declare", partner.pk) == 302
    given.validate_account(grant.coordinator, of=grant)
    po = officer(grant.call, "PO")
    assert post(po, "grant_exclusion", grant.pk, source="Register, 4 April 2022") == 302
    assert "Make ready to sign" in get(po, "grant_detail", grant.pk)
    assert post(po, "grant_event", grant.pk, "make_ready") == 302
    assert given.fresh(grant).state == Grant.State.READY_TO_SIGN


def test_a_refusal_is_a_page_that_says_nothing_was_changed() -> None:
    grant = given.a_grant()
    client = client_of(officer(grant.call, "PO"))
    response = client.post(reverse("grants:grant_event", args=[grant.pk, "make_ready"]))
    assert response.status_code == 409
    assert "declaration of honour is missing" in response.content.decode()


def test_the_agreement_is_signed_by_both_sides_and_acceded_to() -> None:
    grant = given.a_ready_grant()
    legal = given.holder(grant, grant.coordinator, "LSIGN")
    assert "Read and sign the agreement" in get(legal, "grant_detail", grant.pk)
    assert "Sign the agreement for EUR 1,367,790.00" in get(legal, "grant_sign", grant.pk)
    assert post(legal, "grant_event", grant.pk, "sign_for_coordinator") == 302
    award = officer(grant.call, "AO")
    assert "Sign the agreement for" in get(award, "grant_sign", grant.pk)
    assert post(award, "grant_event", grant.pk, "sign_for_authority") == 302
    for partner in given.partners(grant)[1:]:
        signatory = given.holder(grant, partner.organisation, "LSIGN")
        assert "Sign the accession form" in get(signatory, "beneficiary_accede", partner.pk)
        assert post(signatory, "beneficiary_accede", partner.pk) == 302
    assert grant.beneficiaries.filter(acceded_at=None).count() == 1


def test_a_late_signature_asks_for_its_reason() -> None:
    grant = given.a_ready_grant()
    legal = given.holder(grant, grant.coordinator, "LSIGN")
    post(legal, "grant_event", grant.pk, "sign_for_coordinator")
    award, late = officer(grant.call, "AO"), given.PAYING
    assert "Why is it later?" in get(award, "grant_sign", grant.pk, at=late)
    assert post(award, "grant_event", grant.pk, "sign_for_authority", at=late) == 409
    typed = {"reason": "The account took long."}
    assert post(award, "grant_event", grant.pk, "sign_for_authority", at=late, **typed) == 302


def test_nobody_signs_who_is_not_asked() -> None:
    grant = given.a_ready_grant()
    for person in (officer(grant.call, "PO"), officer(grant.call, "AO"), a_person()):
        response = client_of(person).get(reverse("grants:grant_sign", args=[grant.pk]))
        assert response.status_code == 404


def test_the_file_of_the_agreement_is_for_those_who_see_the_grant() -> None:
    grant = given.a_ready_grant()
    assert grant.agreement is not None
    url = reverse("grants:grant_file", args=[grant.pk, grant.agreement.pk])
    response = client_of(officer(grant.call, "AUD")).get(url)
    assert b"".join(response).startswith(b"%PDF")
    response.close()
    assert client_of(a_person()).get(url).status_code == 404
    other = given.a_grant().proposal.version
    assert other is not None
    stray = reverse("grants:grant_file", args=[grant.pk, other.pk])
    assert client_of(officer(grant.call, "AUD")).get(stray).status_code == 404


def test_people_of_a_partner_are_named_and_end() -> None:
    grant = given.a_grant()
    boss = the_representative(grant.coordinator)
    person = given.appoint(grant, "FM")
    assert str(person) in get(boss, "grant_people", grant.pk)
    typed = {"person_id": str(person.pk), "role": "FO"}
    assert post(boss, "grant_people", grant.pk, **typed) == 302
    role = grant.roles.get(person=person, role="FO")
    assert post(boss, "grant_role_end", grant.pk, role.pk) == 302
    role.refresh_from_db()
    assert role.end_date == given.PREPARING.date()
    assert post(person, "grant_role_end", grant.pk, role.pk) == 404


def test_a_payment_goes_through_the_desk() -> None:
    grant = given.an_active_grant()
    first, second, third = given.three_officers(grant)
    due = grant.payments.get()
    with clock.standing_at(given.PAYING):
        assert due.end_to_end_id in get(first, "payment_list")
        assert "Prepare the payment" in get(first, "payment_detail", due.pk)
        assert post(first, "payment_event", due.pk, "prepare") == 302
        assert "Approve the payment" not in get(first, "payment_detail", due.pk)
        assert post(second, "payment_event", due.pk, "approve") == 302
        assert post(third, "payment_event", due.pk, "send") == 302
        assert "Enter what the bank did" in get(first, "payment_detail", due.pk)
        typed = {"outcome": "executed", "booked_on": "15 Sep 2022", "reference": "R-1"}
        assert post(first, "payment_bank", due.pk, **typed) == 302
        assert "Take this entry back" in get(second, "payment_detail", due.pk)
        assert post(first, "payment_event", due.pk, "execute") == 409
        assert post(second, "payment_event", due.pk, "execute") == 302
    due.refresh_from_db()
    assert due.state == Payment.State.EXECUTED


def test_a_wrong_entry_is_taken_back_on_the_page() -> None:
    grant = given.an_active_grant()
    by = given.three_officers(grant)
    due = given.send(grant.payments.get(), by=by)
    with clock.standing_at(given.PAYING):
        typed = {"outcome": "returned", "booked_on": "15.09.2022", "reference": "R-1"}
        assert post(by[0], "payment_bank", due.pk, **typed) == 422
        typed["bank_reason"] = "AC04"
        assert post(by[0], "payment_bank", due.pk, **typed) == 302
        assert post(by[1], "payment_bank_withdraw", due.pk) == 302
        assert post(officer(grant.call, "PO"), "payment_bank", due.pk, **typed) == 404


def test_the_ledger_of_a_grant_shows_accounts_and_entries() -> None:
    grant = given.a_funded_grant()
    auditor = officer(grant.call, "AUD")
    page = get(auditor, "grant_ledger", grant.pk)
    assert "B.POOL" in page
    assert "1,050,000.00" in page
    entries = get(auditor, "grant_account", grant.pk, "P.BANK")
    assert "683,895.00" in entries
    assert "P.BANK → P.PREFIN" in entries
    url = reverse("grants:grant_account", args=[grant.pk, "X.NONE"])
    assert client_of(auditor).get(url).status_code == 404


def test_the_final_settlement_is_read_and_signed() -> None:
    grant = given.a_funded_grant(report_months=36)
    report = given.the_report(grant)
    Grant.objects.filter(pk=grant.pk).update(cfs_threshold_cents=10**12)
    accept_support(grant, cents=60_000_000, on=report.starts_on)
    hand_in(report, sme_cents=60_000_000)
    accepted(report)
    award, po = officer(grant.call, "AO"), officer(grant.call, "PO")
    assert "Settle the grant" in get(award, "grant_detail", grant.pk)
    assert "Sign the final grant of EUR 600,000.00" in get(award, "grant_settle", grant.pk)
    assert client_of(po).get(reverse("grants:grant_settle", args=[grant.pk])).status_code == 404
    assert post(award, "grant_settle", grant.pk, reduction_cents="", reason="") == 302
    assert given.fresh(grant).state == Grant.State.IN_RECOVERY


def test_a_partner_is_paid_from_the_page() -> None:
    grant = given.a_funded_grant()
    manager = given.appoint(grant, "FM")
    partner = given.partners(grant)[1].organisation
    with clock.standing_at(given.PAYING):
        assert "Cash in the grant" in get(manager, "partner_pay", grant.pk)
        typed = {"partner_id": str(partner.pk), "amount_cents": "20.000,00"}
        assert post(manager, "partner_pay", grant.pk, **typed) == 302
        assert post(officer(grant.call, "FO"), "partner_pay", grant.pk, **typed) == 404
    assert grant.payments.get(kind="partner").amount_cents == 2_000_000


def test_strangers_find_nothing() -> None:
    grant = given.a_funded_grant()
    stranger = client_of(a_person())
    for name in ("grant_detail", "grant_ledger", "grant_people", "partner_pay", "grant_settle"):
        url = reverse(f"grants:{name}", args=[grant.pk])
        assert stranger.get(url).status_code == 404, name
    payment = grant.payments.get()
    for name in ("payment_detail", "payment_bank", "payment_order"):
        assert stranger.get(reverse(f"grants:{name}", args=[payment.pk])).status_code == 404, name


def test_a_proposal_of_the_main_list_is_invited_from_the_list_of_grants() -> None:
    proposal = given.a_main_list_proposal()
    po = officer(proposal.call, "PO")
    assert "Waiting for their grant" in get(po, "grant_list")
    assert "Prepare the grant" not in get(po, "grant_list")
    assert post(a_person(), "proposal_invite", proposal.pk) == 404


def test_an_invited_proposal_is_prepared_from_the_list_of_grants() -> None:
    proposal = given.an_invited_proposal()
    assert "Prepare the grant" in get(officer(proposal.call, "PO"), "grant_list")
    assert "Prepare the grant" not in get(officer(proposal.call, "AO"), "grant_list")
    assert "Waiting for their grant" not in get(officer(proposal.call, "AUD"), "grant_list")


def test_events_that_do_not_exist_are_not_found() -> None:
    grant = given.an_active_grant()
    award = officer(grant.call, "AO")
    assert post(award, "grant_event", grant.pk, "activate") == 404
    assert post(award, "payment_event", grant.payments.get().pk, "drop") == 404
