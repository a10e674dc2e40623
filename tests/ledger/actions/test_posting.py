from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from core.errors import DomainError
from ledger import api
from ledger.actions.posting import event_row
from ledger.models import Account, Entry, Event, Posting, PostingRule
from ledger.rules.chart import AccountType as T
from tests.factories.ledger import AT, DAY, Desk, a_desk, a_paper, an_awarded_desk
from tests.ledger import stories
from tests.ledger.stories import K

pytestmark = pytest.mark.django_db


def opening(desk: Desk, amount: int, *, idem: uuid.UUID) -> api.LedgerEvent:
    legs = [api.leg(desk.book.pk, T.POOL, T.CALL, amount, to="k")]
    return desk.event(K.SME_CALL_OPENED, legs, idem=idem)


def test_a_posting_moves_both_accounts_and_writes_two_entries() -> None:
    desk = an_awarded_desk(grant=1_000)
    event = desk.move(K.SME_CALL_OPENED, (T.POOL, T.CALL), 300, keys=("", "k"))
    posting = event.postings.get()
    entries = {e.account.type: e for e in posting.entries.select_related("account")}
    assert (entries["B.POOL"].amount, entries["B.POOL"].balance_after) == (300, 450)
    assert (entries["B.CALL"].amount, entries["B.CALL"].balance_after) == (-300, 300)
    assert desk.balance(T.POOL) == 450
    assert desk.balance(T.CALL, "k") == 300


def test_the_event_says_who_when_why_and_on_which_paper() -> None:
    desk = an_awarded_desk(grant=1_000)
    event = Event.objects.get(book=desk.book, kind=K.AWARD)
    assert (event.actor, event.approver) == (desk.actor, desk.approver)
    assert (event.document, event.effective_on, event.at) == (desk.paper, DAY, AT)
    assert event.recorded_at > AT
    assert event.legs == 3


def test_the_same_event_sent_again_is_the_first_one() -> None:
    desk = an_awarded_desk(grant=1_000)
    event = opening(desk, 300, idem=uuid.uuid4())
    first = api.post(event, actor=desk.actor, at=AT)
    again = api.post(event, actor=desk.approver, at=AT + timedelta(hours=1))
    assert first is not None
    assert again == first
    assert desk.balance(T.CALL, "k") == 300
    assert first.postings.count() == 1


@pytest.mark.parametrize("change", ["amount", "day", "paper", "kind", "account"])
def test_a_key_used_for_something_else_is_refused(change: str) -> None:
    desk = an_awarded_desk(grant=1_000)
    event = opening(desk, 300, idem=uuid.uuid4())
    api.post(event, actor=desk.actor, at=AT)
    book = desk.book.pk
    other = {
        "amount": opening(desk, 301, idem=event.idem),
        "day": replace(event, effective_on=DAY + timedelta(days=1)),
        "paper": replace(event, document=a_paper()),
        "kind": replace(
            event, kind=K.SME_CALL_DONE, legs=[api.leg(book, T.CALL, T.POOL, 300, frm="k")]
        ),
        "account": replace(event, legs=[api.leg(book, T.POOL, T.CALL, 300, to="other")]),
    }[change]
    with pytest.raises(DomainError, match="already booked"):
        api.post(other, actor=desk.actor, at=AT)
    assert desk.balance(T.CALL, "k") == 300


def test_legs_of_zero_are_left_out() -> None:
    desk = an_awarded_desk(grant=1_000)
    legs = [
        api.leg(desk.book.pk, T.EUREC, T.INCOME, 0),
        api.leg(desk.book.pk, T.PREFIN, T.EUREC, 0),
    ]
    assert api.post(desk.event(K.INTERIM, legs), actor=desk.actor, at=AT) is None
    legs.append(api.leg(desk.book.pk, T.POOL, T.CALL, 5, to="k"))
    assert desk.post(K.SME_CALL_OPENED, legs).legs == 1
    assert api.invariants(desk.book) == []


@pytest.mark.parametrize(("amount", "refused"), [(750, False), (751, True)])
def test_the_pool_can_be_emptied_and_not_overdrawn(amount: int, refused: bool) -> None:
    desk = an_awarded_desk(grant=1_000)
    event = opening(desk, amount, idem=uuid.uuid4())
    if not refused:
        api.post(event, actor=desk.actor, at=AT)
        assert desk.balance(T.POOL) == 0
        return
    with pytest.raises(DomainError) as refusal:
        api.post(event, actor=desk.actor, at=AT)
    words = str(refusal.value).replace("\u00a0", " ")
    assert words == "Not enough left in the SME pool: it holds EUR 7.50, and this needs EUR 7.51."
    assert not Event.objects.filter(idem=event.idem).exists()
    assert desk.balance(T.POOL) == 750


def test_one_refused_leg_undoes_the_whole_event() -> None:
    desk = stories.with_voucher(amount=500)
    before = api.balances(desk.book)
    with pytest.raises(DomainError, match="open value of the voucher"):
        stories.claim(desk, claimed=600)
    assert api.balances(desk.book) == before


def test_coordination_gets_no_more_than_its_part_of_the_grant() -> None:
    desk = an_awarded_desk(grant=1_000)
    with pytest.raises(DomainError) as refusal:
        desk.move(K.EARMARK_MOVED, (T.POOL, T.COORD), 1)
    assert str(refusal.value).replace("\u00a0", " ") == (
        "Coordination may hold at most EUR 2.50 of this grant, because the rest is kept for "
        "SMEs; this would make it EUR 2.51."
    )


def test_an_earmark_above_the_pool_may_come_back_as_far_as_the_pool() -> None:
    desk = an_awarded_desk(grant=1_000, planned=900)
    assert desk.balance(T.POOL) == 900
    desk.move(K.EARMARK_MOVED, (T.POOL, T.COORD), 150)
    assert (desk.balance(T.POOL), desk.balance(T.COORD)) == (750, 250)
    with pytest.raises(DomainError, match="Coordination may hold"):
        desk.move(K.EARMARK_MOVED, (T.POOL, T.COORD), 1)


@pytest.mark.parametrize("second", ["nobody", "the same person"])
def test_a_payment_needs_two_persons(second: str) -> None:
    desk = stories.with_voucher(amount=500)
    stories.claim(desk, claimed=500)
    stories.certify(desk, claimed=500, accepted=500)
    legs = [api.leg(desk.book.pk, T.SPAY, T.BANK, 500, frm=stories.SME)]
    event = replace(
        desk.event(K.PAYMENT_EXECUTED, legs),
        approver=None if second == "nobody" else desk.actor,
    )
    with pytest.raises(DomainError, match="Two different persons"):
        api.post(event, actor=desk.actor, at=AT)


def test_a_closed_account_takes_nothing_more() -> None:
    desk = stories.with_voucher(amount=500)
    stories.claim(desk, claimed=500)
    stories.certify(desk, claimed=500, accepted=500)
    ref = api.AccountRef(desk.book.pk, T.VCH, stories.VOUCHER)
    api.close([ref, ref, api.AccountRef(desk.book.pk, T.VADV, stories.VOUCHER)])
    assert Account.objects.get(type=T.VCH).closed
    api.close([ref])
    stories.award(desk, amount=100, application="second")
    with pytest.raises(DomainError, match="open value of the voucher is closed"):
        stories.issue(desk, amount=100, application="second")


def test_an_account_that_holds_something_is_not_closed() -> None:
    desk = stories.with_voucher(amount=500)
    with pytest.raises(DomainError, match="not empty yet"):
        api.close([api.AccountRef(desk.book.pk, T.VCH, stories.VOUCHER)])


def test_after_the_settlement_nothing_is_spent_and_before_it_nothing_lapses() -> None:
    desk = stories.settled(support=400, coordination=0, grant=1_000)
    with pytest.raises(DomainError, match="has not been settled yet"):
        desk.move(K.RECOVERY_ORDER_PAID, (T.BANK, T.OWN), 1)
    stories.settle(desk, grant_max=1_000)
    with pytest.raises(DomainError, match="has been settled"):
        desk.move(K.PREFINANCING, (T.BANK, T.PREFIN), 1)


def test_what_only_the_database_knows_comes_through_as_it_is() -> None:
    """A use of a grant that is not split is a bug of the caller, not a person's mistake."""
    desk = an_awarded_desk(grant=1_000)
    desk.move(K.AMENDMENT_UP, (T.AWARD, T.APPR), 4)
    with pytest.raises(Exception, match="split the grant before using it"):
        desk.move(K.SME_CALL_OPENED, (T.POOL, T.CALL), 1, keys=("", "k"))


def test_an_event_in_two_books_is_a_bug() -> None:
    desk, other = an_awarded_desk(grant=1_000), a_desk()
    legs = [
        api.leg(desk.book.pk, T.BANK, T.PREFIN, 1),
        api.leg(other.book.pk, T.BANK, T.PREFIN, 1),
    ]
    with pytest.raises(ValueError, match="not in 2"):
        desk.post(K.PREFINANCING, legs)


def test_recorded_time_never_steps_back_within_an_account(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = an_awarded_desk(grant=1_000)
    ahead = Account.objects.get(book=desk.book, type=T.POOL).last_at
    assert ahead is not None

    class Stopped:
        @staticmethod
        def now(_zone: object) -> object:
            return AT

    monkeypatch.setattr("ledger.actions.posting.datetime", Stopped)
    event = desk.move(K.SME_CALL_OPENED, (T.POOL, T.CALL), 1, keys=("", "k"))
    event.refresh_from_db()
    assert event.recorded_at == ahead
    assert api.invariants(desk.book) == []


@pytest.mark.parametrize("legs", [1, 4, 40])
def test_an_event_is_one_insert_however_many_legs_and_accounts_it_has(legs: int) -> None:
    desk = an_awarded_desk(grant=1_000_000)
    many = [api.leg(desk.book.pk, T.POOL, T.CALL, 10, to=f"k{n}") for n in range(legs)]
    event = desk.event(K.SME_CALL_OPENED, many)
    with CaptureQueriesContext(connection) as made:
        api.post(event, actor=desk.actor, at=AT)
    verbs = [query["sql"].split()[0] for query in made]
    assert verbs == ["SELECT", "SAVEPOINT", "INSERT", "RELEASE"]


def test_counts_of_a_life_are_two_entries_a_posting() -> None:
    stories.settled(support=400, coordination=100, grant=1_000)
    assert Entry.objects.count() == 2 * Posting.objects.count()


@pytest.mark.parametrize("cents", [1.5, "5", None, True, 0, -1, 10**13 + 1, 2**63])
def test_the_database_takes_whole_cents_alone(cents: object) -> None:
    desk = an_awarded_desk(grant=1_000)
    row = event_row(opening(desk, 5, idem=uuid.uuid4()), actor=desk.actor, at=AT)
    row.lines = [[T.POOL, "", T.CALL, "k", cents]]
    with pytest.raises(DatabaseError):
        row.save(force_insert=True)


def test_rows_name_themselves() -> None:
    desk = an_awarded_desk(grant=1_000)
    event = desk.move(K.SME_CALL_OPENED, (T.POOL, T.CALL), 1, keys=("", "k"))
    posting = event.postings.get()
    entry = posting.entries.get(account__type=T.POOL)
    assert str(event) == f"sme_call_opened {event.idem}"
    assert str(posting) == f"{event.pk}/1"
    assert str(entry) == f"{entry.account_id}/2"
    rule = PostingRule.objects.get(kind=K.SME_CALL_OPENED)
    assert str(rule) == "sme_call_opened: B.POOL → B.CALL"
