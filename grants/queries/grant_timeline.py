"""The time line of a grant: what happened, what happens now, what comes."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from core.presentation.formats import eur
from core.presentation.parts import Step
from grants.models import Grant, Payment, PeriodicReport

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

EVENTS_MAX = 14
G, P, R = Grant.State, Payment.State, PeriodicReport.State
BAD = frozenset({G.PREP_FAILED, G.TERMINATED, G.IN_RECOVERY, G.SUSPENDED})


def words_of(event: str) -> str:
    """What an event of a grant is called once it has happened."""
    return {
        "begin": _("Preparation begun"),
        "make_ready": _("Agreement made ready to sign"),
        "reopen_preparation": _("Taken back to preparation"),
        "sign_for_coordinator": _("Signed by the coordinator"),
        "sign_for_authority": _("Signed by both sides"),
        "fail_preparation": _("Preparation ended"),
        "activate": _("Grant started"),
        "suspend": _("Grant suspended"),
        "resume": _("Grant resumed"),
        "terminate": _("Grant terminated"),
        "open_final_report": _("Final report opened"),
        "settle": _("Final settlement signed"),
        "pay_balance": _("Balance paid"),
        "start_recovery": _("Debit note sent"),
        "close": _("Grant closed"),
    }[event]


def steps(grant: Grant, *, on: date) -> list[Step]:
    """Steps to come first, then the latest events; two statements and the grant's reports."""
    happened = [*_moves(grant), *_payments(grant), *_reports(grant)]
    happened.sort(key=lambda pair: pair[0])
    latest = happened[::-1][:EVENTS_MAX]
    return [*_coming(grant, on=on), *(step for _at, step in latest)]


def _moves(grant: Grant) -> Iterator[tuple[datetime, Step]]:
    for move in grant.transitions.select_related("actor").order_by("pk"):
        kind = "bad" if move.target in BAD and move.event != "begin" else "done"
        note = "" if move.actor.is_system else str(move.actor)
        note = " · ".join(part for part in (note, move.reason) if part)
        yield move.at, Step(words_of(move.event), kind, move.at, note)


def _payments(grant: Grant) -> Iterator[tuple[datetime, Step]]:
    over = grant.payments.filter(state__in=(P.EXECUTED, P.RETURNED, P.RECOVERED))
    for payment in over.exclude(kind__in=("claim", "voucher_advance")).order_by("pk"):
        last = payment.executed_on or payment.created_at.date()
        returned = payment.state == P.RETURNED
        title = _("%(kind)s returned, %(amount)s") if returned else _("%(kind)s, %(amount)s")
        words = title % {
            "kind": payment.get_kind_display(),
            "amount": eur(payment.amount_cents),
        }
        url = reverse("grants:payment_detail", args=[payment.pk])
        kind = "bad" if returned else "done"
        at = datetime.combine(last, time(12), tzinfo=UTC)
        yield at, Step(words, kind, last, url=url, url_words=payment.end_to_end_id)


def _reports(grant: Grant) -> Iterator[tuple[datetime, Step]]:
    for report in grant.reports.all():
        if report.submitted_at is None:
            continue
        words = _("Report %(number)s handed in") % {"number": report.number}
        url = reverse("grants:periodic_report_detail", args=[report.pk])
        yield (
            report.submitted_at,
            Step(words, "done", report.submitted_at, url=url, url_words=_("open it")),
        )


def _coming(grant: Grant, *, on: date) -> list[Step]:
    if grant.state not in (G.SIGNED, G.ACTIVE, G.SUSPENDED, G.REPORTING, G.TERMINATED):
        return []
    coming = []
    if grant.ends_on >= on:
        coming.append(Step(_("The action ends"), "next", grant.ends_on))
    if grant.starts_on > on:
        coming.append(Step(_("The action starts"), "next", grant.starts_on))
    unfinished = (R.OPEN, R.PARTS_LOCKED, R.RETURNED)
    for report in (row for row in grant.reports.all() if row.state in unfinished):
        words = _("Report %(number)s due") % {"number": report.number}
        kind = "bad" if report.due_on < on else "now"
        coming.append(
            Step(
                words,
                kind,
                report.due_on,
                url=reverse("grants:periodic_report_detail", args=[report.pk]),
                url_words=_("open it"),
            )
        )
    return coming
