"""Clocks that run in grants: payments and reports that are late or soon due."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from core.presentation.formats import eur
from core.presentation.parts import Due
from grants.models import Grant, Payment, PeriodicReport

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from core.models import Person

P, R = Payment.State, PeriodicReport.State
RUNNING = (P.DUE, P.PREPARED, P.APPROVED, P.SENT)
UNFINISHED = (R.OPEN, R.PARTS_LOCKED, R.RETURNED)
SOON = timedelta(days=14)
SHOWN = 10


def clocks(person: Person, *, on: date) -> list[Due]:
    """What is late or due within two weeks among the grants that the person may see."""
    found = [*_payments(person, on=on), *_reports(person, on=on), *_answers(person, on=on)]
    return sorted(found, key=lambda due: str(due.when))[:SHOWN]


def _payments(person: Person, *, on: date) -> list[Due]:
    rows = Payment.objects.visible_to(person, on=on).filter(
        state__in=RUNNING, due_on__lte=on + SOON
    )
    return [
        Due(
            f"{row.grant.proposal.acronym}: {row.get_kind_display()}, {eur(row.amount_cents)}",
            reverse("grants:payment_detail", args=[row.pk]),
            why=_("Payment: %(state)s") % {"state": str(row.get_state_display()).lower()},
            when=row.due_on,
        )
        for row in rows.select_related("grant__proposal").order_by("due_on", "pk")[:SHOWN]
    ]


def _reports(person: Person, *, on: date) -> list[Due]:
    rows = _visible(person, on=on).filter(state__in=UNFINISHED, due_on__lte=on + SOON)
    late = rows.order_by("due_on", "pk")[:SHOWN]
    return [_due(row, why=_("Report to be handed in"), when=row.due_on) for row in late]


def _answers(person: Person, *, on: date) -> list[Due]:
    rows = _visible(person, on=on).filter(state=R.SUBMITTED, answer_by__lte=on + SOON)
    late = rows.order_by("answer_by", "pk")[:SHOWN]
    return [_due(row, why=_("Report to be accepted and paid"), when=row.answer_by) for row in late]


def _due(row: PeriodicReport, *, why: str, when: date | None) -> Due:
    names = {"grant": row.grant.proposal.acronym, "number": row.number}
    page = reverse("grants:periodic_report_detail", args=[row.pk])
    return Due(_("%(grant)s: report %(number)s") % names, page, why=why, when=when)


def _visible(person: Person, *, on: date) -> QuerySet[PeriodicReport]:
    grants = Grant.objects.visible_to(person, on=on)
    rows = PeriodicReport.objects.filter(grant__in=grants)
    return rows.select_related("grant__proposal")
