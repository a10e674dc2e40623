"""The demonstration says on its sign-in page who one may be; no other installation does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from demo.stage import DOMAIN, PASSWORD
from parties.actions.person import enrol

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import Settings

pytestmark = pytest.mark.django_db
PAGE = "/account/sign-in/"


@pytest.fixture
def applicant() -> str:
    return enrol(email=f"applicant@{DOMAIN}", full_name="Mira Fernwood").email


def test_the_demonstration_lists_the_accounts_that_exist(
    client: Client, settings: Settings, applicant: str
) -> None:
    settings.DEMO = True
    text = client.get(PAGE).text
    assert f"<code>{applicant}</code>" in text
    assert f"<code>{PASSWORD}</code>" in text
    assert f"auditor@{DOMAIN}" not in text, "nobody has made this account"


def test_an_empty_demonstration_lists_none(client: Client, settings: Settings) -> None:
    settings.DEMO = True
    assert PASSWORD not in client.get(PAGE).text


def test_elsewhere_nothing_is_said_although_such_an_account_exists(
    client: Client, settings: Settings, applicant: str
) -> None:
    settings.DEMO = False
    text = client.get(PAGE).text
    assert applicant not in text
    assert PASSWORD not in text
