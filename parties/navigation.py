"""What parties adds to the header: under one's name, and the validation desk."""

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core import clock, navigation
from core.models import Person
from core.navigation import MENU, Item
from parties.models import Organisation
from parties.models.scope import Reach, reach
from parties.queries import desk
from parties.rules.days import day_of


def has_validation_desk(person: Person) -> QuerySet[Organisation]:
    """Organisations on whose accounting side the person is."""
    today = day_of(clock.now())
    return Organisation.objects.filter(reach(Reach.ACCOUNT, person, on_date=today))


def is_demo(_person: Person) -> bool:
    """Whether this is the demonstration, whose mails never leave."""
    return bool(settings.DEMO)


def organisation_of(person: Person) -> str:
    """The second line under a person's name."""
    return desk.represented(person, on_date=day_of(clock.now()))


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
