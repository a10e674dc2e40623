from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from parties.actions.keyword import seed
from parties.models import Employment, ExpertProfile, Keyword
from tests.factories.parties import a_member, a_person, an_organisation, the_representative

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db
PROFILE = "parties:expert_edit"


def test_my_account_shows_where_i_belong_and_changes_my_name(client: Client) -> None:
    of = an_organisation()
    person = the_representative(of)
    client.force_login(person)
    page = client.get(reverse("parties:person_detail")).content.decode()
    for words in (of.short_name, person.email, reverse("account_change_password")):
        assert words in page
    client.post(reverse("parties:person_detail"), {"full_name": "Mira Fernwood"})
    person.refresh_from_db()
    assert person.full_name == "Mira Fernwood"


def test_close_my_account_signs_me_out_for_good(client: Client) -> None:
    person = a_member(an_organisation())
    client.force_login(person)
    answer = client.post(reverse("parties:person_close"), {"reason": "Retired."})
    assert answer["Location"] == reverse("account_inactive")
    assert client.get(reverse("parties:person_detail")).status_code == 302
    person.refresh_from_db()
    assert (person.is_active, person.deactivation.reason) == (False, "Retired.")


def test_close_my_account_as_the_last_representative_says_why_not(client: Client) -> None:
    person = the_representative(an_organisation())
    client.force_login(person)
    answer = client.post(reverse("parties:person_close"))
    assert answer.status_code == 409
    assert "Only you act for" in answer.content.decode()


def test_expert_profile_is_written_and_shown_again(client: Client) -> None:
    seed()
    person = a_person()
    client.force_login(person)
    topic = Keyword.objects.get(code="digital-cybersecurity")
    assert client.get(reverse(PROFILE)).status_code == 200
    typed = {
        "country": "FR",
        "languages": ["fr", "en"],
        "branch-digital": [str(topic.pk)],
        "days_max": "8",
        "past_work": "Twelve programmes.",
    }
    answer = client.post(reverse(PROFILE), typed)
    assert answer["Location"] == reverse(PROFILE)
    profile = ExpertProfile.objects.get(person=person)
    assert [keyword.code for keyword in profile.keywords.all()] == ["digital-cybersecurity"]
    page = client.get(reverse(PROFILE)).content.decode()
    assert f'value="{topic.pk}" id="id_branch-digital_' in page
    assert page.count(" checked>") == 3
    assert "Twelve programmes." in page


def test_expert_profile_without_a_field_keeps_what_was_typed(client: Client) -> None:
    seed()
    client.force_login(a_person())
    typed = {"country": "FR", "languages": ["fr"], "days_max": "8", "past_work": "Twelve."}
    answer = client.post(reverse(PROFILE), typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Choose at least one field of expertise." in page
    assert "Twelve." in page


def test_employers_are_added_and_a_registered_one_is_recognised(client: Client) -> None:
    seed()
    of = an_organisation(legal_name="Loom Ltd")
    person = a_person()
    client.force_login(person)
    url = reverse("parties:employment_add")
    early = client.post(url, {"name": "x", "start_date": "1 Jan 2020"})
    assert "profile first" in early.content.decode()
    client.post(
        reverse(PROFILE),
        {
            "country": "FR",
            "languages": ["fr"],
            "branch-textiles": [str(Keyword.objects.get(code="textiles").pk)],
            "days_max": "8",
        },
    )
    client.post(url, {"name": "loom ltd", "start_date": "1 Jan 2020"})
    client.post(url, {"name": "Old House", "start_date": "1.1.2010", "end_date": "31.12.2012"})
    rows = Employment.objects.order_by("start_date").values_list("name", "organisation")
    assert list(rows) == [("Old House", None), ("Loom Ltd", of.pk)]
    assert "Old House" in client.get(reverse(PROFILE)).content.decode()
