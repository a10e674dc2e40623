from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from core.errors import NotAllowed, Refused
from core.models import Mail
from parties.actions import membership as act
from parties.models import Membership
from parties.permissions import can_run, is_member
from tests.factories.parties import (
    AT,
    FUNCTIONS,
    a_member,
    a_person,
    an_organisation,
    the_representative,
)

pytestmark = pytest.mark.django_db
DAY = AT.date()


def test_grant_by_who_runs_it_counts_from_today() -> None:
    of = an_organisation()
    person = a_person()
    made = act.grant(
        organisation_id=of.pk,
        person_id=person.pk,
        function=FUNCTIONS.LEGAL_SIGNATORY,
        actor=the_representative(of),
        at=AT,
    )
    assert (made.start_date, made.granted_by) == (DAY, the_representative(of))
    assert can_run(person, of.pk, on_date=DAY)
    assert not is_member(person, of.pk, on_date=DAY - timedelta(days=1))


def test_grant_twice_changes_nothing() -> None:
    of = an_organisation()
    person = a_member(of)
    a_member(of, person=person)
    assert Membership.objects.filter(person=person).count() == 1


def test_grant_by_a_plain_member_is_not_allowed() -> None:
    of = an_organisation()
    with pytest.raises(NotAllowed):
        act.grant(
            organisation_id=of.pk,
            person_id=a_person().pk,
            function=FUNCTIONS.MEMBER,
            actor=a_member(of),
            at=AT,
        )


def test_revoke_takes_effect_at_once_and_tells_the_person() -> None:
    of = an_organisation()
    person = a_member(of, function=FUNCTIONS.LEGAL_SIGNATORY)
    [membership] = person.memberships.all()
    act.revoke(
        membership_id=membership.pk, actor=the_representative(of), at=AT, reason="Left the house."
    )
    assert not is_member(person, of.pk, on_date=DAY)
    assert not person.memberships.live(on_date=DAY - timedelta(days=1)).exists()
    assert Mail.objects.get(person=person).subject == f"You no longer act for {of}"


def test_revoke_twice_reads_that_it_is_done() -> None:
    of = an_organisation()
    [membership] = a_member(of).memberships.all()
    act.revoke(membership_id=membership.pk, actor=the_representative(of), at=AT)
    with pytest.raises(Refused, match="ended before"):
        act.revoke(membership_id=membership.pk, actor=the_representative(of), at=AT)


def test_last_who_runs_an_organisation_stays() -> None:
    of = an_organisation()
    person = the_representative(of)
    [membership] = person.memberships.all()
    with pytest.raises(Refused, match="Nobody would be left"):
        act.revoke(membership_id=membership.pk, actor=person, at=AT)
    membership.refresh_from_db()
    assert membership.revoked_at is None
    a_member(of, function=FUNCTIONS.LEGAL_SIGNATORY)
    act.revoke(membership_id=membership.pk, actor=person, at=AT)
    assert not is_member(person, of.pk, on_date=DAY)


def test_everybody_may_end_their_own_and_nobody_a_strangers() -> None:
    of = an_organisation()
    person, other = a_member(of), a_member(of)
    [membership] = person.memberships.all()
    with pytest.raises(NotAllowed):
        act.revoke(membership_id=membership.pk, actor=other, at=AT)
    act.revoke(membership_id=membership.pk, actor=person, at=AT)
    assert not is_member(person, of.pk, on_date=DAY)


def test_revoke_of_what_does_not_exist_is_not_allowed() -> None:
    person = a_person()
    with pytest.raises(NotAllowed):
        act.revoke(membership_id=person.pk, actor=person, at=AT)


def test_deactivated_person_acts_for_nobody() -> None:
    of = an_organisation()
    person = the_representative(of)
    person.is_active = False
    assert not can_run(person, of.pk, on_date=DAY)


def test_membership_counts_on_its_first_and_last_day() -> None:
    of = an_organisation()
    person = a_member(of)
    last = DAY + timedelta(days=7)
    Membership.objects.filter(person=person).update(end_date=last)
    assert [
        is_member(person, of.pk, on_date=day)
        for day in (DAY - timedelta(1), DAY, last, last + timedelta(1))
    ] == [False, True, True, False]


@pytest.mark.parametrize(
    "broken", [{"function": "king"}, {"end_date": DAY - timedelta(1)}, {"revoked_at": AT}]
)
def test_database_refuses_what_the_action_never_writes(broken: dict[str, object]) -> None:
    [membership] = a_member(an_organisation()).memberships.all()
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.filter(pk=membership.pk).update(**broken)
