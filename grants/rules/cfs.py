"""When a partner must add a certificate on its financial statements."""

from __future__ import annotations


def certificate_needed(requested_cents: int, *, audited_cents: int, threshold_cents: int) -> bool:
    """True once the EU contribution asked for, less what was audited before, reaches the threshold.

    All amounts in cents, cumulated over the grant. Source: docs/domain.md, "Certificate": EUR
    325,000 per partner, reached, not exceeded; a parameter of the call.
    """
    if min(requested_cents, audited_cents, threshold_cents) < 0:
        raise ValueError("amounts of a certificate are never negative")
    return requested_cents - audited_cents >= threshold_cents
