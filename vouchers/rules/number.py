"""Numbers of applications and vouchers: readable, with a check character against typing errors."""

from __future__ import annotations

import re

from stdnum.iso7064 import mod_37_36

_NOT_IN_NUMBER = re.compile(r"[^A-Z0-9]")


def compact(number: str) -> str:
    """Letters and digits only, in capitals: what people type in many ways."""
    return _NOT_IN_NUMBER.sub("", number.upper())


def with_check(stem: str) -> str:
    """A number from its stem ("CL-G1-0231") and the check character of ISO 7064 Mod 37,36."""
    return f"{stem.upper()}-{mod_37_36.calc_check_digit(compact(stem))}"


def is_well_formed(number: str) -> bool:
    """Whether the check character fits.

    Every single wrong character is found, and of two neighbours that changed places all but one
    pair in 630.
    """
    text = compact(number)
    return len(text) > 1 and bool(mod_37_36.is_valid(text))
