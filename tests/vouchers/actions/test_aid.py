"""De minimis aid of an SME call: declared, granted with the signature, taken back, refused."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from core.errors import DomainError, NotAllowed, Refused
from ledger.api import aid_register, aid_room, invariants
from parties.rules.days import day_of
from tests.factories.parties import a_link, a_person, an_sme, the_representative
from tests.factories.vouchers import (
    ACCEPTING,
    APPLYING,
    DECIDING,
    SIGNING,
    a_complete_application,
    a_reserved_voucher,
    a_scored_application,
    a_submitted_application,
    an_application,
    an_awarded_application,
    an_open_sme_call,
    decide,
    fresh,
    fresh_voucher,
    the_fund_manager,
    the_holder,
    the_signatory,
)
from vouchers import accounts
from vouchers.actions import application as applications
from vouchers.actions import voucher as vouchers
from vouchers.models import Application, Voucher

if TYPE_CHECKING:
    from ledger.models import Aid
    from parties.models import Organisation
    from vouchers.models import SmeCall

pytestmark = pytest.mark.django_db
A = Application.State
CEILING = 30_000_000
VALUE = 500_000  # of the factories' voucher


def a_call(**changed: Any) -> SmeCall:
    return an_open_sme_call(regime="de_minimis", **changed)


def sign(made: Voucher) -> Voucher:
    vouchers.sign_as_holder(voucher_id=made.pk, actor=the_holder(made), at=SIGNING)
    return vouchers.sign_for_consortium(
        voucher_id=made.pk, actor=the_signatory(made.grant), at=SIGNING
    )


def rows_of(sme_call: SmeCall, *firms: Organisation) -> list[Aid]:
    return list(aid_register([one.pk for one in firms], country=sme_call.aid_from))


def aid(day: date, cents: int, authority: str = "Agency") -> dict[str, Any]:
    return {"granted_on": day, "cents": cents, "authority": authority}


def test_a_voucher_is_aid_from_the_day_of_both_signatures() -> None:
    made = a_reserved_voucher(of=a_call())
    sme_call = made.application.sme_call
    vouchers.sign_as_holder(voucher_id=made.pk, actor=the_holder(made), at=SIGNING)
    assert rows_of(sme_call, made.organisation) == []
    vouchers.sign_for_consortium(
        voucher_id=made.pk, actor=the_signatory(made.grant), at=SIGNING + timedelta(days=1)
    )
    (row,) = rows_of(sme_call, made.organisation)
    assert (row.cents, row.granted_on) == (VALUE, day_of(SIGNING) + timedelta(days=1))
    assert row.event is not None
    assert row.document == fresh_voucher(made).agreement
    assert invariants(made.grant.book) == []


def test_without_the_regime_nothing_is_entered() -> None:
    made = sign(a_reserved_voucher())
    assert rows_of(made.application.sme_call, made.organisation) == []


def test_the_last_cent_is_issued_and_one_more_is_refused_with_what_is_left() -> None:
    """What comes between award and signature is not foreseen: the register decides."""
    sme_call = a_call()
    fits = a_reserved_voucher(of=sme_call, aid_cents=CEILING - VALUE)
    over = a_reserved_voucher(of=sme_call, aid_cents=CEILING - VALUE)
    assert sign(fits).state == Voucher.State.ISSUED
    other = a_submitted_application(of=a_call(of=sme_call.grant), sme=over.organisation)
    assert other.state == A.SUBMITTED
    again = a_complete_application(of=a_call(of=sme_call.grant), sme=over.organisation, aid_cents=1)
    applications.submit(application_id=again.pk, actor=the_holder(over), at=APPLYING)
    with pytest.raises(DomainError, match=r"at most EUR.4,999\.99 may be added"):
        sign(over)
    assert fresh_voucher(over).state == Voucher.State.RESERVED
    assert accounts.left(accounts.commitment(over)) == 0
    assert invariants() == []


def test_linked_enterprises_have_one_ceiling() -> None:
    sme_call = a_call()
    mother, daughter = an_sme(), an_sme()
    a_link(mother, daughter, share_bp=10_000)
    a_submitted_application(of=a_call(of=sme_call.grant), sme=mother, aid_cents=CEILING - 1)
    made = a_scored_application(of=sme_call, sme=daughter)
    decide(sme_call)
    assert fresh(made).state == A.REJECTED
    assert "EUR\u00a0300,000.00" in fresh(made).decisions.get(kind="reject").reason


def test_two_of_one_undertaking_in_one_selection_share_what_is_left() -> None:
    """Each alone would fit; the second in line is told, and the selection goes on."""
    sme_call = a_call()
    mother, daughter = an_sme(), an_sme()
    a_link(mother, daughter, share_bp=10_000)
    first = a_scored_application(of=sme_call, sme=mother, aid_cents=CEILING - VALUE - 1)
    second = a_scored_application(of=sme_call, sme=daughter, at=APPLYING + timedelta(hours=1))
    decide(sme_call)
    assert [fresh(first).state, fresh(second).state] == [A.AWARDED, A.REJECTED]
    room = accounts.aid_left(fresh(second), on=DECIDING.date())
    assert (room.counted, room.left) == (CEILING - 1, 1)


def test_ceiling_years_and_member_state_are_those_of_the_call() -> None:
    sme_call = a_call(aid_ceiling_cents=VALUE, aid_years=2, aid_country="FR")
    made = sign(a_reserved_voucher(of=sme_call))
    (row,) = rows_of(sme_call, made.organisation)
    assert (row.holder.country, row.years, row.ceiling_cents) == ("FR", 2, VALUE)
    assert row.leaves_on == day_of(SIGNING).replace(year=SIGNING.year + 2)
    room = aid_room([made.organisation_id], country="BE", on=day_of(SIGNING))
    assert room.counted == 0


def test_what_is_not_used_is_taken_back() -> None:
    made = sign(a_reserved_voucher(of=a_call()))
    vouchers.cancel(
        voucher_id=made.pk,
        actor=the_fund_manager(made.grant),
        at=SIGNING + timedelta(days=3),
        reason="The project was given up.",
    )
    granted, correction = rows_of(made.application.sme_call, made.organisation)
    assert (granted.cents, correction.cents) == (VALUE, -VALUE)
    assert correction.corrects == granted
    assert correction.granted_on == granted.granted_on
    assert invariants(made.grant.book) == []


def test_it_cannot_be_sent_before_aid_was_declared() -> None:
    made = an_application(of=a_call())
    done = a_complete_application(of=made.sme_call)
    Application.objects.filter(pk=done.pk).update(is_aid_declared=False)
    with pytest.raises(Refused, match="also if there is none"):
        applications.submit(
            application_id=done.pk, actor=the_representative(done.organisation), at=APPLYING
        )


def test_declared_aid_enters_with_the_application_and_counts() -> None:
    sme_call = a_call()
    made = a_complete_application(of=sme_call)
    actor, day = the_representative(made.organisation), date(2021, 3, 1)
    rows = [aid(day, 100), aid(day, 100), aid(date(2022, 3, 1), 200)]
    applications.declare_aid(made.pk, rows=rows[:1], actor=actor, at=APPLYING)
    applications.declare_aid(made.pk, rows=rows, actor=actor, at=APPLYING)
    applications.submit(application_id=made.pk, actor=actor, at=APPLYING)
    entered = rows_of(sme_call, made.organisation)
    assert [row.cents for row in entered] == [100, 100, 200]
    assert {row.granted_by for row in entered} == {"Agency"}
    again = a_complete_application(of=a_call(of=sme_call.grant), sme=made.organisation)
    applications.declare_aid(again.pk, rows=rows, actor=actor, at=APPLYING)
    applications.submit(application_id=again.pk, actor=actor, at=APPLYING)
    assert len(rows_of(sme_call, made.organisation)) == 3


def test_more_than_the_ceiling_cannot_be_sent() -> None:
    made = a_complete_application(of=a_call(), aid_cents=CEILING + 1)
    with pytest.raises(DomainError, match=r"at most EUR.300,000\.00 may be added"):
        applications.submit(
            application_id=made.pk, actor=the_representative(made.organisation), at=APPLYING
        )


def test_only_the_sme_declares_and_never_ahead() -> None:
    made = a_complete_application(of=a_call())
    with pytest.raises(NotAllowed):
        applications.declare_aid(made.pk, rows=[], actor=a_person(), at=APPLYING)
    tomorrow = [aid(APPLYING.date() + timedelta(days=1), 1)]
    actor = the_representative(made.organisation)
    with pytest.raises(DomainError, match="not before"):
        applications.declare_aid(made.pk, rows=tomorrow, actor=actor, at=APPLYING)


def test_aid_that_came_since_is_added_before_the_award_is_accepted() -> None:
    made = an_awarded_application(of=a_call(), aid_cents=100)
    actor = the_representative(made.organisation)
    with pytest.raises(NotAllowed):
        applications.declare_aid(made.pk, rows=[], actor=a_person(), at=ACCEPTING)
    applications.declare_aid(made.pk, rows=[aid(DECIDING.date(), 7)], actor=actor, at=ACCEPTING)
    with pytest.raises(DomainError, match="Complete the list") as refused:
        applications.accept(
            application_id=made.pk,
            has_no_other_funding=True,
            has_all_aid=False,
            actor=actor,
            at=ACCEPTING,
        )
    assert refused.value.field == "has_all_aid"
    applications.accept(
        application_id=made.pk, has_no_other_funding=True, actor=actor, at=ACCEPTING
    )
    assert [row.cents for row in rows_of(made.sme_call, made.organisation)] == [100, 7]
