"""The ledger as a finance officer and an auditor read it, down to the paper."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from core import clock
from core.errors import NotAllowed, Refused
from grants.actions import ledger_book
from grants.models import PeriodClosing
from ledger import api as ledger
from ledger.models import Event, Period
from tests.factories import grant as given
from tests.factories.grant_reports import accept_support
from tests.factories.grants import officer
from tests.factories.parties import a_person
from tests.grants.views.pages import client_of, get, post

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.models import Person
    from grants.models import Grant

pytestmark = pytest.mark.django_db
LATE = given.PAYING + timedelta(days=400)
BEFORE = date(2022, 1, 31)


@pytest.fixture(autouse=True)
def product_time() -> Iterator[None]:
    with clock.standing_at(LATE):
        yield


def links(page: str) -> list[str]:
    return re.findall(r'href="([^"#]+)"', page)


def follow(person: Person, url: str) -> str:
    response = client_of(person).get(url)
    assert response.status_code == 200, url
    text: str = response.content.decode().replace("\u00a0", " ")
    return text


def status(person: Person, url: str) -> int:
    """The status of a download, which is closed again."""
    response = client_of(person).get(url)
    response.close()
    return int(response.status_code)


def a_supported_grant() -> Grant:
    grant = given.a_funded_grant()
    accept_support(grant, cents=5_000_000, on=given.PAYING.date())
    return grant


def test_three_clicks_lead_from_a_total_to_the_paper() -> None:
    grant = a_supported_grant()
    auditor = officer(grant.call, "AUD")
    page = get(auditor, "grant_ledger", grant.pk)
    accounts = follow(auditor, next(x for x in links(page) if x.endswith("/B.CALL/")))
    one = next(x for x in links(accounts) if "/B.CALL/" in x and not x.endswith("/B.CALL/"))
    entries = follow(auditor, one)
    event = follow(auditor, next(x for x in links(entries) if "/events/" in x))
    assert "Legs of the event" in event
    paper = next(x for x in links(event) if x.endswith("/paper/"))
    assert status(auditor, paper) == 200


def test_what_was_taken_back_and_what_takes_it_back_lead_to_each_other() -> None:
    grant = given.a_funded_grant()
    event = Event.objects.filter(book=grant.book, kind="prefinancing")[0]
    one, two = officer(grant.call, "FO"), officer(grant.call, "AO")
    back = ledger.reverse(
        event,
        idem=grant.pk,
        document=event.document,
        effective_on=event.effective_on,
        actor=one,
        approver=two,
        at=LATE,
    )
    assert back is not None
    auditor = officer(grant.call, "AUD")
    taken = get(auditor, "grant_ledger_event", grant.pk, event.pk)
    taking = get(auditor, "grant_ledger_event", grant.pk, back.pk)
    url = reverse("grants:grant_ledger_event", args=[grant.pk, event.pk])
    assert "Taken back by" in taken
    assert "Takes back" in taking
    assert url in links(taking)


def test_a_partner_reads_the_ledger_but_not_the_papers_of_others() -> None:
    grant = given.a_funded_grant()
    other = given.partners(grant)[1].organisation
    partner = given.holder(grant, other, "LSIGN")
    event = Event.objects.filter(book=grant.book).order_by("pk")[0]
    page = get(partner, "grant_ledger_event", grant.pk, event.pk)
    assert "The coordinator and the officers of the call have it" in page
    url = reverse("grants:grant_ledger_document", args=[grant.pk, event.pk])
    assert status(partner, url) == 404
    assert status(given.holder(grant, grant.coordinator, "LSIGN"), url) == 200
    stranger = given.a_funded_grant()
    foreign = reverse("grants:grant_ledger_event", args=[stranger.pk, event.pk])
    assert client_of(officer(stranger.call, "AUD")).get(foreign).status_code == 404


def test_the_trial_balance_says_that_it_balances_and_each_figure_leads_on() -> None:
    grant = a_supported_grant()
    auditor = officer(grant.call, "AUD")
    page = get(auditor, "grant_trial", grant.pk)
    assert "It balances: in each of the three sets" in page
    assert reverse("grants:grant_account", args=[grant.pk, "B.SACC"]) in links(page)
    assert "50,000.00" in page
    both = get(auditor, "trial_balance_all")
    assert "1 grant that you may see" in both
    by_grant = follow(auditor, reverse("grants:trial_balance_all") + "?type=B.SACC")
    assert str(grant) in by_grant
    assert 'id="by-grant"' in by_grant


def test_a_trial_balance_that_is_off_is_said_with_its_set(monkeypatch: pytest.MonkeyPatch) -> None:
    grant = a_supported_grant()
    sets = ledger.trial_balance([grant.book] if grant.book else [])
    lines = [ledger.TrialLine("P.BANK", 7, 0)]
    wrong = [sets[0], ledger.TrialSet("P", lines), sets[2]]
    monkeypatch.setattr("grants.views.ledger_lists.ledger.trial_balance", lambda *_: wrong)
    page = get(officer(grant.call, "AUD"), "grant_trial", grant.pk)
    assert "It does not balance. Debits and credits differ in: Money by EUR 0.07." in page


def test_a_day_may_be_asked_by_event_or_by_recording_and_the_links_keep_it() -> None:
    grant = a_supported_grant()
    auditor = officer(grant.call, "AUD")
    url = reverse("grants:grant_trial", args=[grant.pk])
    early = follow(auditor, f"{url}?on=1+Aug+2022&by=day")
    assert "As of the end of Mon 1 Aug 2022" in early
    assert "P.BANK" not in early, "the prefinancing came later"
    assert any("/B.AWARD/?on=2022-08-01&amp;by=day" in x for x in links(early))
    known = follow(auditor, f"{url}?on=1+Aug+2022&by=recorded")
    assert "As it was known at the end of Mon 1 Aug 2022" in known
    assert "B.AWARD" not in known, "all of it was recorded in the present"
    account = reverse("grants:grant_account", args=[grant.pk, "P.BANK"])
    assert "683,895.00" in follow(auditor, account)
    assert "683,895.00" not in follow(auditor, f"{account}?on=2022-08-01")


@pytest.mark.parametrize("typed", ["32 Mar 2022", "9999-12-31", "0001-01-01"])
def test_a_day_that_is_none_is_said_and_kept(typed: str) -> None:
    grant = a_supported_grant()
    url = reverse("grants:grant_ledger", args=[grant.pk])
    page = follow(officer(grant.call, "AUD"), f"{url}?on={typed}")
    assert 'id="as-of-error"' in page
    assert f'value="{typed}"' in page
    assert "Everything booked until now." in page


def test_open_balances_of_a_running_grant_are_in_use() -> None:
    grant = a_supported_grant()
    auditor = officer(grant.call, "AUD")
    assert "Every account that has to be empty by now is empty." in get(
        auditor, "grant_open_balances", grant.pk
    )
    url = reverse("grants:open_balances_all")
    page = follow(auditor, f"{url}?show=all")
    assert "once the grant is settled" in page
    assert "In use" in page
    assert any("/events/" in x for x in links(page))


def test_what_is_left_after_the_settlement_is_unexplained(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("ledger.queries.open_balances.is_due", lambda *_a, **_k: True)
    grant = a_supported_grant()
    page = get(officer(grant.call, "FO"), "grant_open_balances", grant.pk)
    assert re.search(r"[0-9]+ accounts have to be empty by now and are not", page)
    assert "Unexplained" in page


def keeper(grant: Grant, role: str = "FM") -> Person:
    return given.appoint(grant, role)


def statement() -> SimpleUploadedFile:
    return SimpleUploadedFile("statement.pdf", b"%PDF-1.7 statement", "application/pdf")


def test_a_bank_statement_is_entered_and_its_difference_is_shown() -> None:
    grant = given.a_funded_grant()
    manager = keeper(grant)
    assert "No statement has been entered yet." in get(manager, "grant_bank", grant.pk)
    typed = {"day": "1 Oct 2022", "cents": "683.895,01", "statement": statement()}
    assert post(manager, "bank_balance_add", grant.pk, at=LATE, **typed) == 302
    page = get(officer(grant.call, "AUD"), "grant_bank", grant.pk)
    assert "differs from the bank on 1 day: on 1 Oct 2022 by EUR 0.01." in page
    assert "Differs" in page
    typed |= {"cents": "683,895.00", "statement": statement()}
    assert post(manager, "bank_balance_add", grant.pk, at=LATE, **typed) == 302
    page = get(manager, "grant_bank", grant.pk)
    assert "cash in the ledger is what the bank says" in page
    paper = next(x for x in links(page) if x.endswith("/paper/"))
    assert status(manager, paper) == 200
    partner = given.holder(grant, given.partners(grant)[1].organisation, "LSIGN")
    assert status(partner, paper) == 404
    assert not any(x.endswith("/paper/") for x in links(get(partner, "grant_bank", grant.pk)))


def test_a_day_to_come_is_refused_beside_its_field() -> None:
    grant = given.a_funded_grant()
    typed = {"day": "1 Oct 2052", "cents": "1", "statement": statement()}
    assert post(keeper(grant), "bank_balance_add", grant.pk, at=LATE, **typed) == 422


def test_two_close_a_period_and_nothing_is_booked_into_it_any_more() -> None:
    grant = given.a_funded_grant()
    one, two = keeper(grant), keeper(grant, "FO")
    assert post(one, "period_close", grant.pk, at=LATE, through="1 Oct 2052") == 422
    assert post(one, "period_close", grant.pk, at=LATE, through="31 Jan 2022") == 302
    assert post(two, "period_close", grant.pk, at=LATE, through="31 Jan 2022") == 422
    waits = ledger_book.waiting(grant)
    assert waits is not None
    assert "for good" not in get(one, "grant_bank", grant.pk)
    assert "for good" in get(two, "grant_bank", grant.pk)
    assert post(one, "period_decide", grant.pk, waits.pk, "confirm", at=LATE) == 409
    assert post(two, "period_decide", grant.pk, waits.pk, "nothing", at=LATE) == 404
    assert post(two, "period_decide", grant.pk, waits.pk, "confirm", at=LATE) == 302
    assert post(two, "period_decide", grant.pk, waits.pk, "confirm", at=LATE) == 409
    closed = Period.objects.get()
    assert (closed.through, closed.actor, closed.approver) == (BEFORE, two, one)
    assert "before 1 Feb 2022" in get(one, "grant_bank", grant.pk)


def test_a_closing_is_taken_back_and_only_by_those_who_keep_the_book() -> None:
    grant = given.a_funded_grant()
    one = keeper(grant)
    closing = ledger_book.ask_to_close(grant_id=grant.pk, through=BEFORE, actor=one, at=LATE)
    with pytest.raises(NotAllowed):
        ledger_book.take_back(closing_id=closing.pk, actor=a_person(), at=LATE)
    assert post(one, "period_decide", grant.pk, closing.pk, "take_back", at=LATE) == 302
    with pytest.raises(Refused, match="decided already"):
        ledger_book.confirm(closing_id=closing.pk, actor=one, at=LATE)
    assert ledger_book.waiting(grant) is None
    assert not Period.objects.exists()


def test_nobody_keeps_the_book_of_a_grant_that_is_not_there() -> None:
    with pytest.raises(NotAllowed):
        ledger_book.ask_to_close(grant_id=a_person().pk, through=BEFORE, actor=a_person(), at=LATE)


def test_the_database_keeps_two_persons_and_one_wish_at_a_time() -> None:
    grant = given.a_funded_grant()
    one = keeper(grant)
    closing = ledger_book.ask_to_close(grant_id=grant.pk, through=BEFORE, actor=one, at=LATE)
    rows = PeriodClosing.objects.filter(pk=closing.pk)
    assert str(closing) == f"{grant} through {BEFORE}"
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(confirmed_by=one, confirmed_at=LATE)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(withdrawn_at=LATE, confirmed_at=LATE, confirmed_by=a_person())
    closing.pk = a_person().pk
    with pytest.raises(IntegrityError), transaction.atomic():
        closing.save(force_insert=True)


def test_the_meter_says_how_much_may_still_go_to_coordination_and_leads_on() -> None:
    grant = a_supported_grant()
    page = get(officer(grant.call, "AUD"), "grant_detail", grant.pk)
    assert "may still go to coordination" in page
    assert "carries EUR 16,666.66 of coordination; EUR 0.00 is accepted" in page
    for type_ in ("B.SACC", "B.CACC", "P.BANK"):
        assert reverse("grants:grant_account", args=[grant.pk, type_]) in links(page)


def test_a_grant_without_a_book_has_no_ledger() -> None:
    grant = given.a_grant()
    url = reverse("grants:grant_ledger", args=[grant.pk])
    assert client_of(officer(grant.call, "AUD")).get(url).status_code == 404
