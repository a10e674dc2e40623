"""What claims tell the others once at start: their states, their payments, their chart."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.tags import BAD, GOOD, IDLE, INFO, MOVE, OVER, WARN, Words, register
from grants.queries import grant_charts
from vouchers.actions import claim_payment
from vouchers.queries.voucher_chart import where_vouchers_went

CLAIM = {
    "draft": Words(IDLE, _("Draft")),
    "submitted": Words(INFO, _("Being checked")),
    "returned": Words(WARN, _("Sent back")),
    "checked": Words(MOVE, _("Checked")),
    "rejected": Words(BAD, _("Rejected")),
    "certified": Words(MOVE, _("Certified")),
    "scheduled": Words(MOVE, _("In payment")),
    "paid": Words(GOOD, _("Paid")),
    "recovered": Words(BAD, _("To be paid back")),
    "withdrawn": Words(OVER, _("Withdrawn")),
}


def connect() -> None:
    """Called by ``vouchers.wiring``; safe to call twice."""
    register("claim", CLAIM)
    claim_payment.connect()
    grant_charts.register(where_vouchers_went)
