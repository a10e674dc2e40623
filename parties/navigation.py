"""What parties adds to the header: under one's name, and the validation desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from core import navigation
from core.navigation import MENU, Item
from parties.queries import accounting_side, desk

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from core.models import Person


def has_validation_desk(person: Person, on: date) -> QuerySet[Person]:
    """The person, if there is an organisation on whose accounting side they are."""
    return accounting_side(person, on_date=on)


def is_demo(_person: Person, _on: date) -> bool:
    """Whether this is the demonstration, whose mails never leave."""
    return bool(settings.DEMO)


def organisation_of(person: Person, on: date) -> str:
    """The second line under a person's name."""
    return desk.represented(person, on_date=on)


ITEMS = [
    Item(_("Bank accounts"), "parties:bank_account_list", order=70, who=has_validation_desk),
    Item(_("My organisations"), "parties:organisation_list", order=10, place=MENU),
    Item(_("Messages"), "parties:mail_list", order=20, place=MENU),
    Item(_("My account"), "parties:person_detail", order=30, place=MENU),
    Item(_("All mails of the demonstration"), "parties:outbox_list", 40, MENU, who=is_demo),
]


def register() -> None:
    """Called once when the app is ready."""
    navigation.register(*ITEMS)
    navigation.describe(organisation_of)
