"""What the pages of claims show: to the SME, at the desk, to the auditor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.presentation.formats import day, eur, money
from core.presentation.parts import Fact, File, Row, Step
from core.presentation.tables import Column, Line, Link, Table
from vouchers.models import Claim
from vouchers.queries import claim as queries
from vouchers.queries.claim import needs_invoice

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

S = Claim.State
STEPS = (
    (S.SUBMITTED, gettext_lazy("Handed in")),
    (S.CHECKED, gettext_lazy("Checked by the fund manager")),
    (S.CERTIFIED, gettext_lazy("Certified for payment")),
    (S.SCHEDULED, gettext_lazy("On the payment desk")),
    (S.PAID, gettext_lazy("Paid")),
)
OVER = {
    S.REJECTED: gettext_lazy("Rejected"),
    S.WITHDRAWN: gettext_lazy("Withdrawn"),
    S.RECOVERED: gettext_lazy("To be paid back"),
}


WORDS = {
    "begin": gettext_lazy("Begun"),
    "submit": gettext_lazy("Handed in"),
    "resubmit": gettext_lazy("Handed in again"),
    "send_back": gettext_lazy("Sent back"),
    "check": gettext_lazy("Checked"),
    "reject": gettext_lazy("Rejected"),
    "certify": gettext_lazy("Certified"),
    "schedule": gettext_lazy("Payment ordered"),
    "unschedule": gettext_lazy("Payment order cancelled"),
    "pay": gettext_lazy("Paid"),
    "recover": gettext_lazy("Recovery decided"),
    "withdraw": gettext_lazy("Withdrawn"),
}


@dataclass(frozen=True, slots=True)
class Moved:
    """One move as the page tells it."""

    at: datetime
    words: str
    actor: str
    reason: str


def desk_table(claims: Sequence[Claim]) -> Table:
    """Claims to act on, oldest first."""
    return Table(
        label=_("Claims"),
        columns=[
            Column(_("Claim"), "head"),
            Column(_("SME")),
            Column(_("Handed in"), "day"),
            Column(_("Claimed EUR"), "money"),
            Column(_("Accepted EUR"), "money"),
            Column(_("State"), "tag"),
        ],
        rows=[
            [
                Link(str(claim), reverse("vouchers:claim_detail", args=[claim.pk])),
                claim.voucher.organisation.short_name,
                claim.submitted_at,
                claim.amount_cents,
                claim.accepted_cents,
                claim,
            ]
            for claim in claims
        ],
        none=_("No claim is here."),
    )


def lines_table(claim: Claim) -> Table:
    """The lines with what was accepted of each, and their sums."""
    lines = list(claim.lines.order_by("position"))
    accepted = [line.accepted_cents or 0 for line in lines]
    return Table(
        label=_("Lines of the claim"),
        columns=[
            Column(_("Line"), "head"),
            Column(_("Net EUR"), "money"),
            Column(_("Accepted EUR"), "money"),
            Column(_("Why less")),
        ],
        rows=[
            Line([line.text, line.net_cents, line.accepted_cents, line.reason]) for line in lines
        ],
        foot=[[_("Together"), sum(line.net_cents for line in lines), sum(accepted), ""]],
    )


def facts(claim: Claim) -> list[Row]:
    """What the SME stated."""
    voucher = claim.voucher
    rows = [
        Row(_("Voucher"), voucher.number, reverse("vouchers:voucher_page", args=[voucher.pk])),
        Row(_("SME"), voucher.organisation.legal_name),
        Row(_("Provider"), str(voucher.provider or "–")),
        Row(_("Delivered"), claim.delivered or "–"),
        Row(_("Delivered on"), day(claim.delivered_on)),
        Row(_("Claimed"), eur(claim.amount_cents)),
        Row(_("Paid to"), claim.payee.legal_name),
    ]
    if needs_invoice(voucher):
        invoice = f"{claim.invoice_number} · {day(claim.invoice_date)}"
        rows.insert(5, Row(_("Invoice"), invoice))
    return rows


def outcome(claim: Claim) -> list[Fact]:
    """What became of the amount that was claimed."""
    facts = [
        Fact(_("Claimed"), eur(claim.amount_cents)),
        Fact(_("Accepted"), eur(claim.accepted_cents)),
    ]
    if claim.payment and claim.paid_on:
        facts.append(Fact(_("Paid"), eur(claim.payment.amount_cents)))
        facts.append(Fact(_("Paid on"), day(claim.paid_on)))
    return facts


def steps(claim: Claim) -> list[Step]:
    """Where it stands, from the history."""
    done = {move.target: move for move in claim.transitions.order_by("pk")}
    found = [
        Step(
            str(words),
            "done" if state in done else "next",
            done[state].at if state in done else None,
        )
        for state, words in STEPS
    ]
    if claim.state in OVER:
        found.append(Step(str(OVER[S(claim.state)]), "bad", done[claim.state].at))
    return found


def history(claim: Claim) -> list[Moved]:
    """The last twelve moves, the latest first, in words."""
    rows = claim.transitions.select_related("actor").order_by("-pk")[:12]
    return [
        Moved(move.at, str(WORDS.get(move.event, move.event)), move.actor.full_name, move.reason)
        for move in rows
    ]


def files(claim: Claim) -> list[File]:
    """Files as they stand, each with its fingerprint."""
    rows = claim.evidence.filter(replaced_at__isnull=True).select_related("item", "document")
    return [
        File(
            name=row.item.title,
            size=row.document.size,
            stored_at=row.added_at,
            kind=row.document.media_type.rsplit("/", 1)[-1].upper(),
            sha256=row.document.sha256,
            url=reverse("vouchers:claim_file", args=[claim.pk, row.pk]),
            action=_("Download"),
        )
        for row in rows.order_by("item__position")
    ]


def writing(claim: Claim) -> dict[str, Any]:
    """What stands beside the form: what it comes to, what is missing, the files."""
    amount = queries.amount_of(claim)
    return {
        "claim": claim,
        "amount": amount,
        "gaps": queries.gaps(claim, amount=amount),
        "left": queries.remaining_cents(claim.voucher),
        "sums": sums(claim, amount=amount),
        "files": files(claim),
    }


def sums(claim: Claim, *, amount: int) -> list[Fact]:
    """From the invoice's total down to what the voucher pays."""
    net = sum(claim.lines.values_list("net_cents", flat=True))
    terms = queries.terms_of(claim.voucher)
    paid = net + (claim.vat_cents if terms.vat_payable else 0)
    rows = [
        (_("With VAT"), net + claim.vat_cents, False),
        (_("VAT, not paid"), paid - net - claim.vat_cents, False),
        (_("Can be paid"), paid, True),
        (_("Your share, and what is above the voucher"), amount - paid, False),
        (_("The voucher pays"), amount, True),
    ]
    return [Fact(name, money(cents), total=total) for name, cents, total in rows if cents or total]
