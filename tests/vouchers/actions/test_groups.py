"""The cap of an SME and its linked enterprises, also when the tie is recorded after awards."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from core.errors import DomainError, NotAllowed
from core.models import Document, Job, Mail
from ledger.api import aid_room, headroom, invariants
from tests.factories.grant import an_active_grant, appoint
from tests.factories.parties import a_link, a_person, an_sme, the_representative
from tests.factories.vouchers import (
    ACCEPTING,
    APPLYING,
    DECIDING,
    a_file,
    a_reserved_voucher,
    a_scored_application,
    an_awarded_application,
    an_issued_voucher,
    an_open_sme_call,
    decide,
    fresh,
    the_fund_manager,
    the_signatory,
)
from vouchers import accounts
from vouchers.actions import application as applications
from vouchers.actions import groups, linking, voucher
from vouchers.models import Application, CapGroup, CapMember
from vouchers.queries.linked import cap_rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from grants.models import Grant
    from parties.models import Organisation, OrganisationLink
    from vouchers.models import SmeCall

    Committed = AbstractContextManager[Any]

pytestmark = pytest.mark.django_db
A = Application.State
EURO = 100


def a_project(cents: int) -> dict[str, Any]:
    return {"kind": "green", "title": "Project", "activities": "All", "amount_cents": cents}


def a_call(grant: Grant, cents: int, **changed: Any) -> SmeCall:
    """A call of the grant for one project of so many cents."""
    terms = {"scheme": "lump_sum", "budget_cents": 100_000 * EURO, "service_max": 0} | changed
    return an_open_sme_call(of=grant, services=[a_project(cents)], **terms)


def won(grant: Grant, sme: Organisation, cents: int, **changed: Any) -> Application:
    """Whether it won is in its state."""
    made = a_scored_application(of=a_call(grant, cents, **changed), sme=sme)
    decide(made.sme_call)
    return fresh(made)


def record(of: Application, other: Organisation, **changed: Any) -> OrganisationLink:
    """The fund manager records that the applicant controls another enterprise."""
    given: dict[str, Any] = {
        "application_id": of.pk,
        "number": other.vat_number or other.registration_number,
        "direction": "down",
        "share_bp": 10_000,
        "start_date": date(2023, 1, 1),
        "reason": "Extract of the register of companies",
        "evidence": a_file("extract.pdf"),
        "actor": the_fund_manager(of.sme_call.grant),
        "at": DECIDING,
    }
    return linking.record(**(given | changed))


def cap_of(of: Application) -> tuple[int, int, int]:
    """What the group of an application has left, has used and has above its cap."""
    grant, group = of.sme_call.grant, fresh(of).cap_group_id
    assert grant.book_id
    found = headroom(grant.book_id, group)
    return found.room, found.used, found.above


@pytest.fixture
def grant() -> Grant:
    return an_active_grant()


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Any) -> Iterator[Any]:
    """What follows a commit happens at its end."""

    def commit() -> Any:
        return django_capture_on_commit_callbacks(execute=True)

    return commit  # type: ignore[return-value]  # a fixture that returns


def test_the_worked_example_of_the_cap(grant: Grant) -> None:
    """Cap 60,000; X has 40,000: 20,000.00 more fit, one cent above or its daughter's 5,000 not."""
    x, daughter, y = an_sme(), an_sme(), an_sme()
    a_link(x, daughter, share_bp=10_000)
    assert won(grant, x, 40_000 * EURO).state == A.AWARDED
    assert won(grant, x, 20_000 * EURO + 1).state == A.REJECTED
    last = won(grant, x, 20_000 * EURO)
    assert last.state == A.AWARDED
    assert cap_of(last) == (0, 60_000 * EURO, 0)
    assert won(grant, daughter, 5_000 * EURO).state == A.REJECTED
    assert won(grant, y, 5_000 * EURO).state == A.AWARDED
    assert invariants(grant.book) == []


def test_a_tie_recorded_after_two_awards_makes_one_group(grant: Grant, committed: Any) -> None:
    one, two = won(grant, an_sme(), 30_000 * EURO), won(grant, an_sme(), 20_000 * EURO)
    second = two.cap_group
    with committed():
        tie = record(one, two.organisation)
    assert (tie.kind, tie.evidence is not None) == ("linked", True)
    assert fresh(two).cap_group == fresh(one).cap_group == one.cap_group
    assert cap_of(one) == cap_of(two) == (10_000 * EURO, 50_000 * EURO, 0)
    assert second is not None
    second.refresh_from_db()
    assert second.joined == one.cap_group
    assert accounts.left(accounts.cap_room(second)) == 0
    assert accounts.left(accounts.cap_used(second)) == 0
    assert won(grant, two.organisation, 10_000 * EURO + 1).state == A.REJECTED
    assert won(grant, two.organisation, 10_000 * EURO).state == A.AWARDED
    assert Mail.objects.filter(subject__contains="a tie was declared").count() == 2
    assert invariants(grant.book) == []


def test_two_groups_above_the_cap_keep_all_and_get_nothing_new(
    grant: Grant, committed: Any
) -> None:
    one, two = won(grant, an_sme(), 50_000 * EURO), won(grant, an_sme(), 40_000 * EURO)
    with committed():
        record(one, two.organisation)
    assert cap_of(one) == (0, 90_000 * EURO, 30_000 * EURO)
    assert won(grant, one.organisation, 1 * EURO).state == A.REJECTED
    values = [row.value for row in cap_rows(fresh(two), on=DECIDING.date())]
    assert any("30,000.00" in str(value) for value in values)
    assert invariants(grant.book) == []
    applications.withdraw(
        application_id=two.pk, actor=the_representative(two.organisation), at=ACCEPTING
    )
    assert cap_of(one) == (10_000 * EURO, 50_000 * EURO, 0)
    assert invariants(grant.book) == []


def test_what_comes_back_above_the_cap_is_no_head_room(grant: Grant, committed: Any) -> None:
    one, two = won(grant, an_sme(), 50_000 * EURO), won(grant, an_sme(), 20_000 * EURO)
    small = won(grant, two.organisation, 5_000 * EURO)
    with committed():
        record(one, two.organisation)
    assert cap_of(one) == (0, 75_000 * EURO, 15_000 * EURO)
    applications.withdraw(
        application_id=small.pk, actor=the_representative(two.organisation), at=ACCEPTING
    )
    assert cap_of(one) == (0, 70_000 * EURO, 10_000 * EURO)
    assert invariants(grant.book) == []


def test_a_voucher_of_the_second_group_ends_in_the_first(grant: Grant, committed: Any) -> None:
    one = won(grant, an_sme(), 30_000 * EURO)
    made = an_issued_voucher(of=a_call(grant, 20_000 * EURO))
    with committed():
        record(one, made.organisation, at=ACCEPTING + timedelta(days=20))
    assert cap_of(one) == (10_000 * EURO, 50_000 * EURO, 0)
    voucher.cancel(
        voucher_id=made.pk,
        actor=the_fund_manager(grant),
        at=ACCEPTING + timedelta(days=30),
        reason="The project was given up.",
    )
    assert cap_of(one) == (30_000 * EURO, 30_000 * EURO, 0)
    assert invariants(grant.book) == []


def test_joining_again_changes_nothing(grant: Grant, committed: Any) -> None:
    one, two = won(grant, an_sme(), 30_000 * EURO), won(grant, an_sme(), 20_000 * EURO)
    with committed():
        record(one, two.organisation)
    job = Job.objects.get(kind=groups.KIND)
    step = groups.join_later(job)
    assert step is not None
    step()
    assert cap_of(one) == (10_000 * EURO, 50_000 * EURO, 0)
    assert CapGroup.objects.filter(grant=grant, joined=None).count() == 1


def test_a_tie_of_two_without_awards_joins_nothing(grant: Grant, committed: Any) -> None:
    waiting = a_scored_application(of=a_call(grant, 5_000 * EURO))
    with committed():
        record(waiting, an_sme())
    assert not Job.objects.filter(kind=groups.KIND).exists()
    assert not CapMember.objects.exists()


def test_an_award_joins_the_groups_that_the_firms_declared(grant: Grant) -> None:
    """Ties that the enterprises declare themselves are followed by the next award."""
    one, two = won(grant, an_sme(), 30_000 * EURO), won(grant, an_sme(), 20_000 * EURO)
    a_link(one.organisation, two.organisation, share_bp=10_000)
    assert won(grant, two.organisation, 10_000 * EURO + 1).state == A.REJECTED
    assert won(grant, two.organisation, 10_000 * EURO).state == A.AWARDED
    assert cap_of(one) == cap_of(two) == (0, 60_000 * EURO, 0)
    assert invariants(grant.book) == []


def test_an_enterprise_between_two_groups_makes_them_one(grant: Grant) -> None:
    one, two = won(grant, an_sme(), 20_000 * EURO), won(grant, an_sme(), 20_000 * EURO)
    middle = an_sme()
    a_link(middle, one.organisation, share_bp=6_000)
    a_link(middle, two.organisation, share_bp=6_000)
    assert won(grant, middle, 20_000 * EURO).state == A.AWARDED
    assert cap_of(one) == (0, 60_000 * EURO, 0)
    assert CapMember.objects.filter(group=one.cap_group).count() == 3


def test_only_the_desk_of_the_grant_records_a_tie(grant: Grant) -> None:
    made = an_awarded_application(of=a_call(grant, 5_000 * EURO))
    for person in (a_person(), the_representative(made.organisation), the_signatory(grant)):
        with pytest.raises(NotAllowed):
            record(made, an_sme(), actor=person)
    with pytest.raises(DomainError, match="what shows"):
        record(made, an_sme(), reason="  ")
    officer = appoint(grant, "FO")
    assert record(made, an_sme(), actor=officer).declared_by == officer
    assert Document.objects.filter(kind="tie_evidence").exists()


def test_the_aid_of_both_counts_together_at_once() -> None:
    """With the tie, in the same transaction: no voucher of the other fits in between."""
    made = an_issued_voucher(of=an_open_sme_call(regime="de_minimis"))
    other = a_reserved_voucher(of=made.application.sme_call)
    voucher.sign_as_holder(
        voucher_id=other.pk, actor=the_representative(other.organisation), at=ACCEPTING
    )
    voucher.sign_for_consortium(voucher_id=other.pk, actor=the_signatory(other.grant), at=ACCEPTING)
    country = made.application.sme_call.aid_from
    on = ACCEPTING.date() + timedelta(days=30)
    assert aid_room([made.organisation_id], country=country, on=on).counted == 5_000 * EURO
    record(made.application, other.organisation, at=ACCEPTING + timedelta(days=20))
    for one in (made, other):
        assert aid_room([one.organisation_id], country=country, on=on).counted == 10_000 * EURO
    assert APPLYING < ACCEPTING
    assert invariants() == []
