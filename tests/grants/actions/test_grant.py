"""From the invitation to the start of a grant."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.errors import NotAllowed, Refused
from grants.actions import grant as grants
from grants.actions import reporting_clock, signature
from grants.models import Grant, Payment, Proposal
from ledger import api as ledger
from tests.factories import grant as given
from tests.factories.grants import AMOUNTS, officer
from tests.factories.parties import a_person

pytestmark = pytest.mark.django_db
G = 136_779_000


def test_prepare_takes_terms_and_plan_from_what_was_handed_in() -> None:
    grant = given.a_grant()
    assert grant.proposal.state == Proposal.State.GRANT_PREP
    assert grant.state == Grant.State.PREPARATION
    assert (grant.grant_max_cents, grant.sme_planned_cents) == (G, 105_000_000)
    assert grant.ends_on.isoformat() == "2025-02-28"
    rows = given.partners(grant)
    assert [row.is_coordinator for row in rows] == [True, False, False]
    assert sum(row.coordination_planned_cents for row in rows) == G - 105_000_000
    assert sum(row.sme_planned_cents for row in rows) == 105_000_000


def test_prepare_makes_signatories_of_the_partners_sign_in_the_grant() -> None:
    grant = given.a_grant()
    found = set(grant.roles.values_list("organisation", "role"))
    ids = [row.organisation_id for row in given.partners(grant)]
    assert found == {(pk, role) for pk in ids for role in ("LSIGN", "FSIGN")}


def test_prepare_is_for_programme_officers_of_the_call() -> None:
    proposal = given.an_invited_proposal()
    for actor in (officer(proposal.call, "AO"), a_person()):
        with pytest.raises(NotAllowed):
            grants.prepare(
                proposal_id=proposal.pk,
                starts_on=given.STARTS_ON,
                actor=actor,
                at=given.PREPARING,
            )


def test_prepare_twice_reads_that_somebody_was_faster() -> None:
    grant = given.a_grant()
    with pytest.raises(Refused, match="Somebody was faster"):
        grants.prepare(
            proposal_id=grant.proposal_id,
            starts_on=given.STARTS_ON,
            actor=officer(grant.call, "PO"),
            at=given.PREPARING,
        )


def make_ready(grant: Grant) -> Grant:
    return grants.make_ready(grant_id=grant.pk, actor=officer(grant.call, "PO"), at=given.PREPARING)


def test_make_ready_names_the_partners_that_have_not_declared() -> None:
    grant = given.a_grant()
    first = given.partners(grant)[1]
    signatory = given.holder(grant, first.organisation, "LSIGN")
    signature.declare(beneficiary_id=first.pk, actor=signatory, at=given.PREPARING)
    missing = sorted(
        row.organisation.short_name for row in given.partners(grant) if row.pk != first.pk
    )
    with pytest.raises(Refused) as refusal:
        make_ready(grant)
    assert str(refusal.value) == (
        f"The declaration of honour is missing from: {', '.join(missing)}."
    )


def test_make_ready_needs_a_validated_account() -> None:
    grant = given.a_grant()
    given.declare_all(grant)
    given.check_exclusion(grant)
    with pytest.raises(Refused, match="no validated bank account"):
        make_ready(grant)


def test_make_ready_needs_the_exclusion_check() -> None:
    grant = given.a_grant()
    given.declare_all(grant)
    given.validate_account(grant.coordinator, of=grant)
    with pytest.raises(Refused, match="exclusion"):
        make_ready(grant)


def test_exclusion_check_says_where_it_was_looked_up() -> None:
    grant = given.a_grant()
    with pytest.raises(Refused, match="Say where"):
        grants.record_exclusion_check(
            grant_id=grant.pk, source=" ", actor=officer(grant.call, "PO"), at=given.PREPARING
        )


def test_a_plan_one_cent_short_of_three_quarters_is_refused_with_both_figures() -> None:
    """A grant of 1,400,000.00 whose plan gives SMEs 1,049,999.99: 74.99 %."""
    amounts = [dict(row) for row in AMOUNTS]
    amounts[0] |= {"A": 24_000_000, "D1": 45_000_000}
    grant = given.a_grant(amounts=amounts)
    Grant.objects.filter(pk=grant.pk).update(
        grant_max_cents=140_000_000, sme_planned_cents=104_999_999
    )
    given.declare_all(grant)
    given.validate_account(grant.coordinator, of=grant)
    given.check_exclusion(grant)
    with pytest.raises(Refused) as refusal:
        make_ready(grant)
    words = str(refusal.value).replace("\u00a0", " ")
    assert "EUR 1,049,999.99 of EUR 1,400,000.00, that is 74.99 %" in words
    assert "at least 75.00 %" in words


def test_the_coordinator_signs_only_what_is_printed() -> None:
    grant = given.a_grant()
    given.declare_all(grant)
    given.validate_account(grant.coordinator, of=grant)
    given.check_exclusion(grant)
    make_ready(grant)
    legal = given.holder(grant, grant.coordinator, "LSIGN")
    with pytest.raises(Refused, match="still being printed"):
        signature.sign_for_coordinator(grant_id=grant.pk, actor=legal, at=given.SIGNING)


def test_signatures_keep_the_fingerprint_of_the_agreement() -> None:
    grant = given.a_signed_grant()
    assert grant.agreement is not None
    rows = grant.signatures.filter(kind__in=["coordinator", "authority"])
    assert {row.sha256 for row in rows} == {grant.agreement.sha256}
    assert rows.count() == 2


def test_a_reopened_preparation_voids_the_printed_agreement() -> None:
    grant = given.a_ready_grant()
    grants.reopen_preparation(
        grant_id=grant.pk,
        actor=officer(grant.call, "PO"),
        at=given.SIGNING,
        reason="A partner's address is wrong.",
    )
    assert given.fresh(grant).agreement is None
    again = make_ready(grant)
    assert (again.state, again.preparations) == (Grant.State.READY_TO_SIGN, 2)


def test_a_partner_does_not_sign_for_the_coordinator() -> None:
    grant = given.a_ready_grant()
    other = given.partners(grant)[1].organisation
    with pytest.raises(NotAllowed):
        signature.sign_for_coordinator(
            grant_id=grant.pk, actor=given.holder(grant, other, "LSIGN"), at=given.SIGNING
        )


def test_the_authority_signs_late_only_with_a_reason() -> None:
    grant = given.a_ready_grant()
    legal = given.holder(grant, grant.coordinator, "LSIGN")
    signature.sign_for_coordinator(grant_id=grant.pk, actor=legal, at=given.SIGNING)
    late = grant.call.deadline_at + timedelta(days=275)
    award = officer(grant.call, "AO")
    with pytest.raises(Refused, match=r"30 Aug 2022"):
        signature.sign_for_authority(grant_id=grant.pk, actor=award, at=late)
    signed = signature.sign_for_authority(
        grant_id=grant.pk, actor=award, at=late, reason="The partner's account took long."
    )
    assert signed.state == Grant.State.SIGNED


def test_signing_opens_the_book_with_award_earmark_and_coordination() -> None:
    grant = given.a_signed_grant()
    assert grant.book is not None
    held = ledger.balances(grant.book)
    assert held["B.AWARD"] == G
    assert held["B.POOL"] == max(G - G // 4, 105_000_000)
    assert held["B.COORD"] == G - held["B.POOL"]
    assert held["B.APPR"] == 0
    assert grant.proposal.state == Proposal.State.GRANTED


def test_the_grant_starts_on_its_day_once_all_have_acceded() -> None:
    grant = given.a_signed_grant()
    assert reporting_clock.start_grants(given.STARTED) == 0
    given.accede_all(grant)
    assert given.fresh(grant).state == Grant.State.SIGNED
    assert reporting_clock.start_grants(given.STARTED - timedelta(days=1)) == 0
    assert reporting_clock.start_grants(given.STARTED) == 1
    payment = grant.payments.get()
    assert payment.kind == Payment.Kind.PREFINANCING
    assert payment.amount_cents == G // 2
    assert payment.due_on is not None
    assert payment.due_on.isoformat() == "2022-10-01"


def test_the_last_accession_after_the_first_day_starts_the_grant() -> None:
    grant = given.a_signed_grant()
    for partner in given.partners(grant)[1:]:
        signatory = given.holder(grant, partner.organisation, "LSIGN")
        signature.accede(beneficiary_id=partner.pk, actor=signatory, at=given.STARTED)
    assert given.fresh(grant).state == Grant.State.ACTIVE


def test_the_coordinator_does_not_accede() -> None:
    grant = given.a_signed_grant()
    legal = given.holder(grant, grant.coordinator, "LSIGN")
    with pytest.raises(Refused, match="signs the agreement itself"):
        signature.accede(beneficiary_id=given.partners(grant)[0].pk, actor=legal, at=given.SIGNING)


def test_a_failed_preparation_frees_the_place() -> None:
    grant = given.a_ready_grant()
    grants.fail_preparation(
        grant_id=grant.pk,
        actor=officer(grant.call, "AO"),
        at=given.SIGNING,
        reason="A partner withdrew.",
    )
    grant = given.fresh(grant)
    assert grant.state == Grant.State.PREP_FAILED
    assert grant.proposal.state == Proposal.State.PREP_FAILED


def test_a_suspended_grant_keeps_the_days_left_of_its_prefinancing() -> None:
    grant = given.an_active_grant()
    award = officer(grant.call, "AO")
    stop = given.STARTED + timedelta(days=10)
    go_on = stop + timedelta(days=100)
    grants.suspend(grant_id=grant.pk, actor=award, at=stop, reason="A partner is under check.")
    payment = grant.payments.get()
    assert (payment.state, payment.days_left, payment.due_on) == ("suspended", 20, None)
    grants.resume(grant_id=grant.pk, actor=award, at=go_on, reason="Nothing was found.")
    payment.refresh_from_db()
    assert (payment.state, payment.days_left) == ("due", None)
    assert payment.due_on == (go_on + timedelta(days=20)).date()


def test_a_terminated_grant_drops_prefinancing_nobody_has_begun_to_pay() -> None:
    grant = given.an_active_grant()
    grants.terminate(
        grant_id=grant.pk,
        actor=officer(grant.call, "AO"),
        at=given.PAYING,
        reason="The coordinator has ceased to exist.",
    )
    assert grant.payments.get().state == Payment.State.CANCELLED
    assert given.fresh(grant).terminated_on == given.PAYING.date()
