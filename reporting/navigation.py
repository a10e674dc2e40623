"""This app's links: exports for those who may have one, open data for everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from core.models import Person
from core.navigation import FOOTER, Item
from grants.models import CallRole, GrantRole
from grants.models.grant import running

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet


def may_export(person: Person, on: date) -> QuerySet[Person]:
    """The person, if an office or a role of theirs goes with a report."""
    offices = running(CallRole.objects.filter(person=OuterRef("pk")), on=on)
    roles = running(GrantRole.objects.filter(person=OuterRef("pk"), role__in=["FM", "FO"]), on=on)
    return Person.objects.filter(Q(Exists(offices)) | Q(Exists(roles)), pk=person.pk)


ITEMS = [
    Item(_("Exports"), "reporting:export_list", order=60, who=may_export),
    Item(_("Open data"), "reporting:open_data", order=25, place=FOOTER),
]
