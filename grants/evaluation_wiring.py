"""The evaluation's links in the header."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core import navigation
from core.navigation import Item
from grants.models import Call, IndividualReport

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from core.models import Person


def is_evaluator(person: Person, _on: date) -> QuerySet[IndividualReport]:
    """Reports that the person was ever asked for."""
    return IndividualReport.objects.of_expert(person)


def waiting(person: Person, _on: date) -> QuerySet[IndividualReport]:
    """Reports that wait to be declared or written."""
    asked = IndividualReport.objects.of_expert(person).outstanding()
    return asked.filter(proposal__call__state=Call.State.EVALUATING)


ITEMS = [
    Item(
        _("My pile"),
        "grants:individual_report_list",
        order=12,
        who=is_evaluator,
        count=waiting,
        under="/expert-reports/",
    )
]


def connect() -> None:
    """Register the links; called once at start."""
    navigation.register(*ITEMS)
