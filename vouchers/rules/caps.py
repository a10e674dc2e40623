"""What one SME, together with its linked enterprises, may receive.

Sources: docs/domain.md, "SME call, application, voucher" (EUR 60,000 per SME and linked
enterprises over a grant; services per SME) and "State aid" (Regulation (EU) 2023/2831, Article 3).
Amounts are euro cents.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

AID_CEILING_CENTS = 30_000_000
AID_YEARS = 3


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


def aid_window_start(day: date) -> date:
    """First day that counts towards aid granted on ``day``: three years back, rolling.

    Aid of exactly three years ago is out of the window (Regulation (EU) 2023/2831, Article 3(2)).
    """
    leap_day_moved = day.replace(day=28) if (day.month, day.day) == (2, 29) else day
    return leap_day_moved.replace(year=day.year - AID_YEARS)


def aid_fits(
    amount_cents: int,
    *,
    on: date,
    granted: Iterable[tuple[date, int]],
    ceiling_cents: int = AID_CEILING_CENTS,
) -> bool:
    """Whether de minimis aid stays within the ceiling of one undertaking in one Member State.

    ``granted`` are earlier awards (day of the legal right, cents). Only for calls under the de
    minimis regime; support managed directly by the Commission's agencies isn't State aid.
    """
    start = aid_window_start(on)
    counted = sum(cents for day, cents in granted if start < day <= on)
    return counted + amount_cents <= ceiling_cents
