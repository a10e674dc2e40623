"""This app's links in the header. Whether one is shown depends on offices and memberships."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.navigation import PUBLIC, Item
from grants.models import CallRole
from parties.models import Membership

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from core.models import Person


def is_officer(person: Person, on: date) -> QuerySet[CallRole]:
    """The person's offices in any call on that day."""
    return CallRole.objects.on(on).filter(person=person)


def acts_for_cluster(person: Person, on: date) -> QuerySet[Membership]:
    """Where the person belongs to an organisation that can stand in a consortium."""
    mine = Membership.objects.live(on_date=on).filter(person=person)
    return mine.exclude(organisation__kind__in=["sme", "provider"])


ITEMS = [
    Item(_("Calls"), "grants:call_list", order=20, place=PUBLIC),
    Item(_("Verify"), "grants:receipt_verify", order=40, place=PUBLIC),
    Item(_("Calls"), "grants:call_list", order=20),
    Item(_("Proposals"), "grants:proposal_list", order=15, who=acts_for_cluster),
    Item(_("Desk"), "grants:call_desk", order=10, who=is_officer),
]
