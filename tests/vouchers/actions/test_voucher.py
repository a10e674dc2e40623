from __future__ import annotations

from datetime import date, timedelta

import pytest

from core.errors import DomainError, NotAllowed, Refused
from core.models import Job, Mail
from ledger.api import invariants
from parties.rules.days import day_of
from tests.factories.parties import a_link, a_person, an_organisation
from tests.factories.vouchers import (
    HIRING,
    SIGNING,
    STARTING,
    a_provider,
    a_reserved_voucher,
    a_running_voucher,
    a_second_fund_manager,
    a_voucher_with_provider,
    an_issued_voucher,
    an_open_sme_call,
    day_after,
    fresh_voucher,
    name_provider,
    the_fund_manager,
    the_holder,
    the_signatory,
)
from vouchers import accounts
from vouchers.actions import expiry, extension, provider
from vouchers.actions import voucher as vouchers
from vouchers.models import Voucher
from vouchers.rules.number import is_well_formed

pytestmark = pytest.mark.django_db
S = Voucher.State


def test_issued_when_both_have_signed() -> None:
    made = an_issued_voucher()
    assert made.state == S.ISSUED
    assert is_well_formed(made.number)
    assert made.expires_on == date(2024, 4, 5)
    assert accounts.left(accounts.reserve(made.application)) == 0
    assert accounts.left(accounts.commitment(made)) == made.value_cents
    assert Job.objects.filter(kind="voucher", key=f"voucher:{made.pk}").count() == 1
    assert invariants(made.grant.book) == []


def test_one_signature_is_not_enough_and_nobody_signs_twice() -> None:
    made = a_reserved_voucher()
    holder = the_holder(made)
    signed = vouchers.sign_as_holder(voucher_id=made.pk, actor=holder, at=SIGNING)
    assert signed.state == S.RESERVED
    with pytest.raises(Refused, match="signed already"):
        vouchers.sign_as_holder(voucher_id=made.pk, actor=holder, at=SIGNING)
    with pytest.raises(NotAllowed):
        vouchers.sign_for_consortium(voucher_id=made.pk, actor=holder, at=SIGNING)


def test_a_voucher_that_nobody_signs_can_be_cancelled_and_frees_the_award() -> None:
    made = a_reserved_voucher()
    sme_call, before = made.application.sme_call, 45_000_00
    assert accounts.left(accounts.call_budget(sme_call)) == before
    with pytest.raises(Refused, match="Write why"):
        vouchers.cancel(voucher_id=made.pk, actor=the_holder(made), at=SIGNING)
    vouchers.cancel(voucher_id=made.pk, actor=the_holder(made), at=SIGNING, reason="Too late.")
    assert accounts.left(accounts.call_budget(sme_call)) == before + made.value_cents
    assert invariants(made.grant.book) == []


def test_the_provider_is_never_tied_to_the_consortium_or_the_sme() -> None:
    made = an_issued_voucher()
    sister = an_organisation(kind="provider", legal_form="Ltd")
    a_link(made.organisation, sister)
    with pytest.raises(Refused, match="tied to one of them"):
        name_provider(made, organisation=sister)
    affiliate = an_organisation(kind="provider", legal_form="Ltd")
    a_link(made.grant.coordinator, affiliate, share_bp=0, kind="affiliated")
    with pytest.raises(Refused, match="tied to it"):
        name_provider(made, organisation=affiliate)
    with pytest.raises(Refused, match="tied to it"):
        name_provider(made, organisation=made.grant.coordinator)
    assert fresh_voucher(made).provider is None


def test_catalogue_only_takes_listed_providers() -> None:
    made = an_issued_voucher(of=an_open_sme_call(catalogue_only=True))
    stranger = an_organisation(kind="provider", legal_form="Ltd")
    with pytest.raises(Refused, match="only providers of its catalogue"):
        name_provider(made, organisation=stranger)
    listed = a_provider(made.grant)
    assert name_provider(made, organisation=listed.organisation).provider == listed
    manager = the_fund_manager(made.grant)
    provider.take_off(listed.pk, actor=manager, at=HIRING - timedelta(days=3))
    with pytest.raises(Refused, match="not in the catalogue"):
        provider.take_off(listed.pk, actor=manager, at=HIRING)
    with pytest.raises(Refused, match="only providers of its catalogue"):
        vouchers.confirm_provider(voucher_id=made.pk, actor=manager, at=HIRING)


def test_a_refused_provider_is_replaced() -> None:
    made = name_provider(an_issued_voucher())
    manager = the_fund_manager(made.grant)
    vouchers.refuse_provider(
        voucher_id=made.pk, actor=manager, at=HIRING, reason="The offer is outside the list."
    )
    assert (fresh_voucher(made).provider, fresh_voucher(made).offer) == (None, None)
    with pytest.raises(Refused, match="Choose a provider"):
        vouchers.confirm_provider(voucher_id=made.pk, actor=manager, at=HIRING)


@pytest.mark.parametrize("days", [-16, 1])
def test_the_contract_lies_between_issue_and_today(days: int) -> None:
    made = a_voucher_with_provider()
    with pytest.raises(Refused, match="only after the voucher was issued"):
        vouchers.start(
            made.pk,
            contract_on=day_of(STARTING) + timedelta(days=days),
            actor=the_holder(made),
            at=STARTING,
        )


def test_an_expired_voucher_releases_its_rest_to_the_call() -> None:
    made = a_running_voucher()
    sme_call = made.application.sme_call
    assert expiry.expire_vouchers(day_after(made.expires_on, days=0)) == 0
    assert expiry.expire_vouchers(day_after(made.expires_on)) == 1
    assert expiry.expire_vouchers(day_after(made.expires_on)) == 0
    assert fresh_voucher(made).state == S.EXPIRED
    assert accounts.left(accounts.commitment(made)) == 0
    assert accounts.left(accounts.call_budget(sme_call)) == 50_000_00
    group = made.application.cap_group
    assert group is not None
    assert accounts.left(accounts.cap_used(group)) == 0
    assert Mail.objects.filter(subject=f"Voucher {made.number} is over").count() == 1
    assert invariants(made.grant.book) == []


def test_letters_leave_30_and_7_days_before_the_last_day_once() -> None:
    made = a_running_voucher()
    sent = Mail.objects.filter(subject__contains="ends in")
    for days, letters in ((31, 0), (30, 1), (29, 1), (8, 1), (7, 2), (1, 2), (0, 2)):
        expiry.remind_holders(day_after(made.expires_on, days=-days))
        assert sent.count() == letters, days


def test_an_extension_takes_two_persons_and_stays_within_the_grant() -> None:
    made = a_running_voucher()
    grant = made.grant
    first, second = the_fund_manager(grant), a_second_fund_manager(grant)

    def ask(day: date, reason: str = "The machine comes late.") -> None:
        extension.ask(made.pk, new_day=day, reason=reason, actor=first, at=STARTING)

    with pytest.raises(NotAllowed):
        extension.ask(
            made.pk, new_day=grant.ends_on, reason="x", actor=the_holder(made), at=STARTING
        )
    for day in (made.expires_on, grant.ends_on + timedelta(days=1)):
        assert day is not None
        with pytest.raises(DomainError, match="Choose a day"):
            ask(day)
    with pytest.raises(DomainError, match="why"):
        ask(grant.ends_on, " ")
    ask(grant.ends_on)
    with pytest.raises(Refused, match="asked for already"):
        ask(grant.ends_on)
    with pytest.raises(Refused, match="granted by another"):
        extension.extend(voucher_id=made.pk, actor=first, at=STARTING)
    with pytest.raises(Refused, match="Another person"):
        extension.refuse(made.pk, actor=first, at=STARTING)
    extension.refuse(made.pk, actor=second, at=STARTING)
    assert fresh_voucher(made).expires_on == made.expires_on
    with pytest.raises(Refused, match="No extension"):
        extension.refuse(made.pk, actor=second, at=STARTING)
    ask(grant.ends_on)
    assert (
        extension.extend(voucher_id=made.pk, actor=second, at=STARTING).expires_on == grant.ends_on
    )


def test_a_suspension_stops_the_days() -> None:
    made = a_running_voucher()
    manager = the_fund_manager(made.grant)
    with pytest.raises(Refused, match="Write why"):
        extension.suspend(voucher_id=made.pk, actor=manager, at=STARTING)
    extension.suspend(voucher_id=made.pk, actor=manager, at=STARTING, reason="A doubt.")
    assert expiry.expire_vouchers(day_after(made.expires_on)) == 0
    later = STARTING + timedelta(days=20)
    back = extension.resume(voucher_id=made.pk, actor=manager, at=later)
    assert back.state == S.IN_PROGRESS
    assert made.expires_on is not None
    assert back.expires_on == made.expires_on + timedelta(days=20)
    with pytest.raises(Refused):
        extension.resume(voucher_id=made.pk, actor=manager, at=later)


def test_only_the_coordinator_revokes_and_the_rest_is_released() -> None:
    made = a_running_voucher()
    reason = "The declaration was false."
    with pytest.raises(NotAllowed):
        vouchers.revoke(
            voucher_id=made.pk, actor=the_fund_manager(made.grant), at=STARTING, reason=reason
        )
    done = vouchers.revoke(
        voucher_id=made.pk, actor=the_signatory(made.grant), at=STARTING, reason=reason
    )
    assert done.state == S.REVOKED
    assert accounts.left(accounts.commitment(made)) == 0
    assert invariants(made.grant.book) == []


def test_a_stranger_does_nothing_with_a_voucher() -> None:
    made = a_running_voucher()
    for act in (vouchers.cancel, vouchers.revoke, extension.suspend):
        with pytest.raises(NotAllowed):
            act(voucher_id=made.pk, actor=a_person(), at=STARTING, reason="x")
