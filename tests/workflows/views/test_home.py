"""The front for visitors and one home for everybody, with a list for each role."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from django.utils.html import escape

from core import clock
from core.presentation import formats
from grants.actions import proposal
from grants.models import GrantRole
from ledger import api as ledger
from tests.counting import statements
from tests.factories import claims
from tests.factories import evaluation as evaluations
from tests.factories import grant as grants
from tests.factories import grants as proposals
from tests.factories import vouchers as made
from tests.factories.parties import a_person, an_expert
from workflows.queries.home import greeting

if TYPE_CHECKING:
    from django.test import Client

    from core.models import Person

pytestmark = pytest.mark.django_db
MONDAY = datetime(2023, 6, 26, 8, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def monday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: MONDAY)


def home_of(client: Client, person: Person, *, page: str = "/home/") -> str:
    client.force_login(person)
    answer = client.get(page)
    assert answer.status_code == 200
    return answer.text


def headings(text: str) -> list[str]:
    return [part.split("</h2>")[0].split(">")[-1] for part in text.split("<h2")[1:]]


def test_the_front_shows_what_is_open_what_came_out_and_the_money(client: Client) -> None:
    one = claims.a_paid()
    text = client.get("/").text
    assert "Green services" not in text, "its SME call is over"
    call = one.voucher.grant.call
    assert f"/calls/{call.identifier}/" in text
    book = one.voucher.grant.book
    assert book is not None
    found = ledger.share_figures(book)
    assert 0 < found.paid.sme == found.accepted.sme < found.committed.sme < found.planned.sme
    for cents in (found.planned, found.committed, found.paid, found.accepted):
        assert f"<dd>{formats.eur(cents.sme)}</dd>" in text
    assert f"<b>{formats.share(formats.share_of(found.planned.sme, found.grant))}</b>" in text
    assert "Verify a voucher" in text
    parts = ["Where the money goes", "Open calls", "Results", "How a grant grows"]
    assert [part for part in headings(text) if part != "No call is open now"] == parts


def test_the_front_without_anything_says_so(client: Client) -> None:
    text = client.get("/").text
    assert "No call is open now" in text
    assert "Where the money goes" not in text


@pytest.mark.parametrize(("audience", "clusters", "smes"), [("clusters", 1, 0), ("smes", 0, 1)])
def test_the_front_is_filtered(
    client: Client, monkeypatch: pytest.MonkeyPatch, audience: str, clusters: int, smes: int
) -> None:
    made.an_open_sme_call()
    proposals.a_call(deadline_at=datetime(2030, 1, 15, 16, 0, tzinfo=UTC))
    monkeypatch.setattr(clock, "now", lambda: made.APPLYING)
    text = client.get("/", {"for": audience}).text
    assert text.count("For cluster consortia · ") - 1 == clusters, "one of them is over"
    assert text.count("For SMEs · ") == smes


def test_whoever_has_signed_in_goes_home(client: Client) -> None:
    client.force_login(a_person())
    assert client.get("/").headers["Location"] == "/home/"


def test_a_visitor_of_the_home_signs_in_first(client: Client) -> None:
    assert client.get("/home/").headers["Location"].startswith("/account/sign-in/")


def test_each_role_finds_what_it_needs(client: Client) -> None:
    one = claims.a_scheduled()
    grant = one.voucher.grant
    expected: list[tuple[Person, str, list[str]]] = [
        (made.the_holder(one.voucher), "Find an SME call", ["My vouchers", "My applications"]),
        (claims.the_officers(grant)[1], "Open the payment desk", ["Payment desk"]),
        (made.the_fund_manager(grant), "Open my SME calls", ["My funds"]),
        (proposals.officer(grant.call, "AO"), "Open my calls", ["My calls"]),
        (proposals.an_officer(grant.call, "AUD"), "Read the grants", ["My calls"]),
        (proposals.the_applicant(grant.proposal), "Start a proposal", ["My proposals"]),
    ]
    for person, button, lists in expected:
        text = home_of(client, person)
        assert f">{button}</a>" in text, button
        assert set(lists) <= set(headings(text)), button
        filled = text.count('class="govuk-button"')
        assert filled == 1, button


def test_an_evaluator_finds_the_pile(client: Client) -> None:
    _call, (one,) = evaluations.an_evaluating_call(1)
    report = evaluations.a_report(one)
    text = home_of(client, report.expert)
    assert "Open my pile" in text
    assert "My reports: 0 of 1 finished" in text
    assert f"/expert-reports/{report.pk}/declare/" in text


def test_somebody_new_is_told_where_to_begin(client: Client) -> None:
    text = home_of(client, a_person(full_name="Mira Fernwood"))
    assert "Good morning, Mira" in text
    assert "Where to begin" in headings(text)
    assert "Nothing waits for you." in text


def test_a_task_leads_to_a_page_that_opens_for_whoever_is_asked(client: Client) -> None:
    one = claims.a_scheduled()
    grant = one.voucher.grant
    people = [*claims.the_officers(grant), made.the_holder(one.voucher)]
    followed = 0
    for person in people:
        client.force_login(person)
        for row in client.get("/home/").context["home"].waiting:
            assert client.get(row.url).status_code == 200, (row.title, row.url)
            followed += 1
    assert followed >= 4


def test_the_share_of_each_grant_is_that_of_the_ledger(client: Client) -> None:
    one = claims.a_paid()
    text = home_of(client, claims.the_officers(one.voucher.grant)[1])
    assert "What has reached SMEs, grant by grant" in headings(text)
    assert formats.share(10_000) in text, "only SMEs were paid so far"


@pytest.mark.parametrize("page", ["/home/", "/home/waiting/"])
def test_one_thing_or_three_cost_the_same(client: Client, page: str) -> None:
    one = proposals.a_proposal()
    organisation = one.partners.get().organisation
    assert organisation is not None
    client.force_login(proposals.the_applicant(one))
    first = statements(client, page)
    for _ in range(2):
        proposals.a_proposal(of=proposals.a_call(), organisation=organisation)
    assert statements(client, page) == first


def test_somebody_with_every_role_stays_within_25_statements(client: Client) -> None:
    one = claims.a_scheduled()
    grant, person = one.voucher.grant, made.the_holder(one.voucher)
    for role in ("PO", "AO", "CC", "MOD", "FO", "AUD"):
        proposals.an_officer(grant.call, role, person=person)
    for role in ("FM", "FO", "LSIGN"):
        GrantRole.objects.create(
            grant=grant,
            person=person,
            organisation=grant.coordinator,
            role=role,
            start_date=grants.STARTS_ON,
        )
    an_expert(person=person, country="FI")
    evaluations.a_report(evaluations.an_evaluating_call(1)[1][0], person)
    client.force_login(person)
    assert statements(client, "/home/") <= 25


def test_all_that_waits_has_pages_of_fifty(client: Client) -> None:
    one = proposals.a_proposal()
    organisation, call = one.partners.get().organisation, one.call
    assert organisation is not None
    person = proposals.the_applicant(one)
    for _ in range(50):
        proposal.draft(
            call.pk,
            organisation=organisation,
            acronym=f"MORE-{_}",
            actor=person,
            at=proposals.WRITING,
        )
    first = home_of(client, person, page="/home/waiting/")
    assert first.count("Finish and submit") == 50
    assert home_of(client, person, page="/home/waiting/?page=2").count("Finish and submit") == 1
    home = home_of(client, person)
    assert escape("All 51 things that wait for you") in home


@pytest.mark.parametrize(
    ("hour", "words"),
    [(5, "Good morning"), (9, "Good morning"), (10, "Good afternoon"), (16, "Good evening")],
)
def test_the_greeting_follows_the_clock_of_the_house(hour: int, words: str) -> None:
    at = datetime(2023, 6, 26, hour, 30, tzinfo=UTC)
    assert greeting(a_person(full_name="Mira Fernwood"), at=at) == f"{words}, Mira"
