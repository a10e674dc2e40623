"""Euro cents: whole numbers everywhere inside; text only at the edges."""

from __future__ import annotations

import re
from decimal import Decimal

from django.utils.translation import gettext as _

from core.errors import DomainError

Cents = int
AMOUNT_MAX: Cents = 10**13

_CLEAN = re.compile(
    r"(?P<euro>\d{1,3}(?:(?P<sep>[.,])\d{3})(?:(?P=sep)\d{3})*|\d+)(?:[.,](?P<cent>\d{1,2}))?",
    re.ASCII,
)


def parse_amount(text: str) -> Cents:
    """Cents of an amount as people type it: 1,234.56 · 1.234,56 · 1 234,56 · 1234.5 · EUR 12.

    Raises ``DomainError`` quoting what was typed. A lone separator with three digits behind it
    groups thousands (1.400 is 1400.00).
    """
    bare = re.sub(r"(?i)eur|€|[\s\u00a0\u202f']", "", text)
    match = _CLEAN.fullmatch(bare)
    mixed = match and match["sep"] and match["cent"] and bare[match.end("euro")] == match["sep"]
    if match is None or mixed:
        raise DomainError(
            _("“%(typed)s” could not be read as an amount. Write it like 1,234.56 or 1.234,56.")
            % {"typed": text}
        )
    cents = int(re.sub(r"\D", "", match["euro"])) * 100 + int((match["cent"] or "0").ljust(2, "0"))
    if cents > AMOUNT_MAX:
        raise DomainError(_("“%(typed)s” is larger than any amount here.") % {"typed": text})
    return cents


def to_decimal(cents: Cents) -> Decimal:
    """Euro with two decimals, exact: for sheets and forms."""
    return (Decimal(cents) / 100).quantize(Decimal("0.01"))
