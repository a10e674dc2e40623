"""What one SME, together with its linked enterprises, may receive.

Source: docs/domain.md, "SME call, application, voucher" (EUR 60,000 per SME and linked
enterprises over a grant; services per SME). De minimis aid is counted by the ledger's register
(``ledger/rules/aid.py``). Amounts are euro cents.
"""

from __future__ import annotations


def headroom(cap_cents: int, *, used_cents: int) -> int:
    """What may still be awarded under a cap; never below zero."""
    return max(cap_cents - used_cents, 0)


def fits_cap(amount_cents: int, *, cap_cents: int, used_cents: int) -> bool:
    """Whether an award stays within the cap; to the cent it does."""
    return amount_cents <= headroom(cap_cents, used_cents=used_cents)


def service_fits(*, service_max: int, counted_before: int, is_exempt: bool) -> bool:
    """Whether one more service stays within the maximum per SME; 0 means no maximum.

    Exempt types (training, as a rule) neither count nor are refused.
    """
    return is_exempt or service_max == 0 or counted_before < service_max


def place_is_free(*, places_max: int | None, taken: int) -> bool:
    """Whether a country has a place left; ``None`` means the call sets no maximum for it."""
    return places_max is None or taken < places_max
