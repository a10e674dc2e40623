"""The evaluation's words of states and links in the header."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core import navigation
from core.navigation import Item
from core.tags import BAD, GOOD, IDLE, INFO, MOVE, OVER, WARN, Words, register
from grants.models import Call, IndividualReport

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from core.models import Person

REPORT = {
    "assigned": Words(WARN, _("Declare first")),
    "open": Words(MOVE, _("In progress")),
    "finished": Words(GOOD, _("Finished")),
    "declined": Words(OVER, _("Declined")),
    "voided": Words(BAD, _("Void")),
}
CONSENSUS = {
    "not_ready": Words(IDLE, _("Waits for reports")),
    "ready": Words(MOVE, _("Reports are visible")),
    "drafting": Words(MOVE, _("Drafting")),
    "for_approval": Words(INFO, _("For approval")),
    "approved": Words(GOOD, _("Approved")),
    "dissent": Words(WARN, _("Dissent, to panel")),
    "panel": Words(WARN, _("Before the panel")),
    "final": Words(GOOD, _("Final")),
}


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
    """Register words and links; called once at start."""
    register("individualreport", REPORT)
    register("consensus", CONSENSUS)
    navigation.register(*ITEMS)
