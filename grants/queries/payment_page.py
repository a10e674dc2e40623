"""The payment desk: tiles, list, and the road of one payment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from core.presentation.due import urgency
from core.presentation.formats import eur, iban, iban_short
from core.presentation.parts import Eyes, Fact, Step, Tile
from core.presentation.tables import Column, Link, Table, Two
from grants.models import BankRecord, Payment

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from django.db.models import QuerySet

P = Payment.State
OVER = (P.EXECUTED, P.RETURNED, P.CANCELLED, P.RECOVERED)
VIEWS: dict[str, tuple[str, ...]] = {
    "due": (P.DUE, P.SUSPENDED),
    "prepared": (P.PREPARED,),
    "approved": (P.APPROVED,),
    "sent": (P.SENT,),
    "over": OVER,
}


def tiles(rows: QuerySet[Payment], *, current: str, kept: str = "") -> list[Tile]:
    """Five figures that filter the list; one statement. ``kept`` stays in the address."""
    words = {
        "due": _("1 Due, to prepare"),
        "prepared": _("2 Second officer"),
        "approved": _("3 Third officer"),
        "sent": _("4 At the bank"),
        "over": _("Over"),
    }
    sums: dict[str, Any] = {}
    for name, states in VIEWS.items():
        of = Q(state__in=states)
        sums[f"{name}_n"] = Count("pk", filter=of)
        sums[f"{name}_c"] = Sum("amount_cents", filter=of)
    found = rows.aggregate(**sums)
    return [
        Tile(
            words[name],
            str(found[f"{name}_n"]),
            eur(found[f"{name}_c"] or 0),
            f"?view={name}{kept}",
            name == current,
        )
        for name in VIEWS
    ]


def payment_table(payments: Sequence[Payment], *, now: datetime, total: int) -> Table:
    """Payments with payee, amount, day, account and the officers who acted."""
    columns = [
        Column(_("Payment"), "head"),
        Column(_("State"), "tag"),
        Column(_("For")),
        Column(_("From or to")),
        Column(_("Amount EUR"), "money"),
        Column(_("Pay by"), "day"),
        Column(_("Account")),
        Column(_("Prepared, approved"), "eyes"),
    ]
    rows = [_cells(payment, now=now) for payment in payments]
    foot = [[_("All in this view"), None, "", "", total, "", "", None]]
    none = _("No payment in this view.")
    return Table(_("Payments"), columns, rows, foot=foot if rows else (), none=none)


def _cells(payment: Payment, *, now: datetime) -> list[Any]:
    url = reverse("grants:payment_detail", args=[payment.pk])
    grant = payment.grant
    eyes = Eyes(str(payment.preparer), str(payment.approver or "") or None)
    return [
        Link(payment.end_to_end_id, url, grant.proposal.acronym),
        payment,
        payment.get_kind_display(),
        party(payment),
        payment.amount_cents,
        _due(payment, now=now),
        iban_short(payment.iban) if payment.iban else "",
        eyes if payment.preparer is not None else None,
    ]


def _due(payment: Payment, *, now: datetime) -> Any:
    if payment.due_on is None or payment.state in OVER:
        return ""
    found = urgency(payment.due_on, now=now)
    late = payment.due_on < now.date()
    return Two(payment.due_on, found.words, "late" if late else "")


def party(payment: Payment) -> str:
    """The other side of the payment, as its desk sees it."""
    other = payment.payer if payment.is_incoming else payment.payee
    if other is None:
        return payment.grant.call.authority or _("Granting authority")
    return f"{other.short_name} {other.country}"


def facts(payment: Payment) -> list[Fact]:
    """What is paid to whom, from whom, and where to."""
    authority = payment.grant.call.authority or _("Granting authority")
    rows = [
        (_("Amount"), eur(payment.amount_cents)),
        (_("For"), f"{payment.get_kind_display()}: {payment.subject}"),
        (_("From"), payment.payer.legal_name if payment.payer else authority),
        (_("To"), payment.payee.legal_name if payment.payee else authority),
        (_("Account"), iban(payment.iban) if payment.iban else _("fixed when it is prepared")),
        (_("Holder"), payment.holder or "–"),
        (_("End-to-end number"), payment.end_to_end_id),
    ]
    if payment.payee is None:
        rows = [row for row in rows if row[0] not in (_("Account"), _("Holder"))]
    return [Fact(name, value) for name, value in rows]


def steps(payment: Payment, *, record: BankRecord | None) -> list[Step]:
    """Its road: what was done by whom, what is next."""
    done = {
        move.target: move for move in payment.transitions.select_related("actor").order_by("pk")
    }
    road = [
        (P.DUE, _("Due")),
        (P.PREPARED, _("Prepared")),
        (P.APPROVED, _("Approved by a second officer")),
        (P.SENT, _("Sent by a third officer")),
        (P.EXECUTED, _("Executed by the bank")),
    ]
    ended = payment.state in (P.RETURNED, P.CANCELLED, P.RECOVERED, P.SUSPENDED)
    shown = [_step(name, done.get(state), is_over=ended) for state, name in road]
    found = [step for step in shown if step is not None]
    if record is not None and record.confirmed_at is None:
        words = _("%(outcome)s, entered by %(person)s; another officer confirms it") % {
            "outcome": record.get_outcome_display(),
            "person": record.entered_by,
        }
        found.insert(-1, Step(words, "now", record.entered_at, record.reference))
    if ended:
        move = done[payment.state]
        title = str(payment.get_state_display())
        found.append(Step(title, "bad", move.at, f"{move.actor}. {move.reason}".strip()))
    return found


def _step(name: str, move: Any, *, is_over: bool) -> Step | None:
    if move is None:
        return None if is_over else Step(name, "next")
    return Step(name, "done", move.at, "" if move.actor.is_system else str(move.actor))
