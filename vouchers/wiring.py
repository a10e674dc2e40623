"""What this app tells the others once at start: words of states, sweeps, links, payments."""

from vouchers import claim_wiring, sme_wiring


def connect() -> None:
    """Called by ``VouchersConfig.ready``; safe to call twice."""
    sme_wiring.connect()
    claim_wiring.connect()
