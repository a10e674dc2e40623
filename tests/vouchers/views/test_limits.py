"""The two limits on the pages: the list of other aid, what is left, linked enterprises."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from core import clock
from parties.models import OrganisationLink
from reporting.reports import REPORTS
from tests.factories.grant import appoint
from tests.factories.parties import an_sme, the_representative
from tests.factories.vouchers import (
    ACCEPTING,
    APPLYING,
    DECIDING,
    a_complete_application,
    a_scored_application,
    an_awarded_application,
    an_issued_voucher,
    an_open_sme_call,
    an_upload,
    the_fund_manager,
)
from vouchers.models import Application

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db
LISTED = {
    "form-TOTAL_FORMS": "2",
    "form-INITIAL_FORMS": "0",
    "form-0-granted_on": "1 Mar 2022",
    "form-0-cents": "120.000,00",
    "form-0-authority": "Flanders Innovation",
}


def test_the_sme_lists_other_aid_and_sees_what_is_left(client: Client) -> None:
    made = a_complete_application(of=an_open_sme_call(regime="de_minimis"))
    client.force_login(the_representative(made.organisation))
    url = reverse("vouchers:application_aid", args=[made.pk])
    with clock.standing_at(APPLYING):
        form = client.get(url).content.decode()
        wrong = client.post(url, LISTED | {"form-0-cents": "much"})
        assert client.post(url, LISTED).status_code == 302
        again = client.get(url).content.decode()
        page = client.get(reverse("vouchers:application_page", args=[made.pk])).content.decode()
    assert "If there is none, save the list as it is." in form
    assert wrong.status_code == 422
    assert "120,000.00" in again
    assert "Flanders Innovation" in page
    assert "May still be granted" in page
    row = made.declared_aid.get()
    assert (row.granted_on, row.cents) == (date(2022, 3, 1), 12_000_000)


def test_without_the_regime_there_is_no_list(client: Client) -> None:
    made = a_complete_application()
    client.force_login(the_representative(made.organisation))
    with clock.standing_at(APPLYING):
        assert client.get(reverse("vouchers:application_aid", args=[made.pk])).status_code == 404


def test_the_award_is_accepted_with_the_list_that_is_still_complete(client: Client) -> None:
    made = an_awarded_application(of=an_open_sme_call(regime="de_minimis"))
    client.force_login(the_representative(made.organisation))
    accept = reverse("vouchers:application_accept", args=[made.pk])
    with clock.standing_at(ACCEPTING):
        added = client.post(reverse("vouchers:application_aid", args=[made.pk]), LISTED)
        page = client.get(accept).content.decode()
        refused = client.post(accept, {"has_no_other_funding": "on"})
        done = client.post(accept, {"has_no_other_funding": "on", "has_all_aid": "on"})
    assert added.headers["Location"] == accept
    assert "Flanders Innovation" in page
    assert (refused.status_code, done.status_code) == (422, 302)


def test_the_desk_and_the_board_say_what_is_left(client: Client) -> None:
    made = a_scored_application(of=an_open_sme_call(regime="de_minimis"), aid_cents=12_000_000)
    client.force_login(the_fund_manager(made.sme_call.grant))
    with clock.standing_at(DECIDING):
        desk = client.get(reverse("vouchers:application_check", args=[made.pk])).content.decode()
        board = client.get(reverse("vouchers:sme_call_board", args=[made.sme_call_id]))
    assert "EUR\u00a0180,000.00" in desk
    assert "Regional agency" in desk
    assert "180,000.00" in board.content.decode()


def test_an_officer_records_a_tie_with_its_proof(client: Client) -> None:
    made, other = an_awarded_application(), an_sme()
    client.force_login(appoint(made.sme_call.grant, "FO"))
    url = reverse("vouchers:application_linked", args=[made.pk])
    said = {
        "number": other.vat_number or other.registration_number,
        "direction": "up",
        "share_bp": "100",
        "start_date": "1 Jan 2023",
        "reason": "The register of companies names it as the only shareholder.",
    }
    with clock.standing_at(DECIDING):
        none = client.get(url).content.decode()
        refused = client.post(url, said)
        done = client.post(url, said | {"evidence": an_upload("extract.pdf")})
        page = client.get(url).content.decode()
    assert "No linked enterprise is known." in none
    assert (refused.status_code, done.status_code) == (422, 302)
    assert other.legal_name in page
    assert "only shareholder" in page
    tie = OrganisationLink.objects.get()
    assert (tie.parent, tie.child) == (other, made.organisation)


def test_the_register_can_be_had_as_a_list() -> None:
    voucher = an_issued_voucher(of=an_open_sme_call(regime="de_minimis"), aid_cents=700)
    grant, report = voucher.grant, REPORTS["aid"]
    assert type(grant).objects.filter(report.ready).get() == grant
    (sheet,) = report.build(grant, ACCEPTING).sheets
    lines = list(sheet.rows)
    assert [line[0] for line in lines] == [voucher.organisation.legal_name] * 2
    assert sorted(line[10] for line in lines) == [700, 500_000]
    assert Application.objects.filter(sme_call__grant=grant).count() == 1
