"""The payment order that leaves with the third person's act."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core import documents, jobs
from core.models import Person
from core.presentation.formats import day, eur
from grants.actions import payment as payments
from grants.models import Payment
from reporting.pdf import paper

if TYPE_CHECKING:
    from core.models import Document, Job


@jobs.job("payment_order")
def make(row: Job) -> jobs.LastStep:
    """Print the order of a payment."""
    payment = Payment.objects.select_related(
        "grant__call", "payer", "payee", "preparer", "approver", "sender"
    ).get(pk=row.payload["payment"])
    content = draw(payment, sent=day(row.at))

    def keep() -> Document:
        printed = documents.store(
            content,
            kind="payment_order",
            name=f"payment-order-{payment.end_to_end_id}.pdf",
            media_type=documents.PDF,
            actor=payment.sender or Person.objects.system(),
            at=row.at,
        )
        payments.attach_order(payment_id=payment.pk, document=printed)
        return printed

    return keep


def draw(payment: Payment, *, sent: str) -> bytes:
    """Who pays whom, how much, for what, on whose three words."""
    head = paper.Heading(
        title=_("Payment order"), about=payment.grant.number, foot=payment.end_to_end_id
    )
    authority = _("The granting authority")
    story = [
        paper.title(f"{head.title} · {eur(payment.amount_cents)}"),
        paper.gap(),
        paper.facts(
            [
                (_("End-to-end reference"), payment.end_to_end_id),
                (_("Amount"), eur(payment.amount_cents)),
                (_("Payer"), payment.payer or authority),
                (_("Payee"), payment.payee or authority),
                (_("Account holder"), payment.holder or "–"),
                (_("IBAN"), payment.iban or "–"),
                (_("For"), payment.subject),
                (_("Grant"), f"{payment.grant.number} · {payment.grant.call.identifier}"),
                (_("Sent"), sent),
            ],
            label_width=130,
        ),
        paper.gap(),
        paper.signatures(
            [
                (_("Prepared by"), str(payment.preparer), ""),
                (_("Approved by"), str(payment.approver), ""),
                (_("Sent by"), str(payment.sender), sent),
            ]
        ),
    ]
    return paper.print_paper(head, story)
