"""What claims tell the others once at start: who follows their payments; the grant's chart."""

from __future__ import annotations

from grants.queries import grant_charts, ledger_event
from vouchers.actions import claim_payment
from vouchers.queries import account_names, ledger_papers
from vouchers.queries.voucher_chart import where_vouchers_went


def connect() -> None:
    """Called by ``vouchers.wiring``; safe to call twice."""
    claim_payment.connect()
    account_names.connect()
    ledger_event.register(ledger_papers.evidence)
    grant_charts.register(where_vouchers_went)
