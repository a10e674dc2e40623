"""Bank accounts: what a right IBAN and BIC look like, and how long a changed account waits."""

import unicodedata
from datetime import date, timedelta
from typing import Final

from schwifty import BIC, IBAN
from schwifty.exceptions import (
    InvalidChecksumDigits,
    InvalidCountryCode,
    InvalidLength,
    SchwiftyException,
)

from parties.rules.identifiers import Fault, IdentifierError

COOLING_DAYS: Final = 10


def iban(typed: str) -> str:
    """The IBAN without blanks, in capitals; check digits and the country's structure are right.

    Raises IdentifierError. Source: ISO 13616-1 (check digits by modulo 97).
    """
    bare = "".join(typed.split()).upper()
    try:
        return IBAN(bare).compact
    except InvalidCountryCode as error:
        raise IdentifierError(Fault.COUNTRY, typed) from error
    except InvalidLength as error:
        raise IdentifierError(Fault.LENGTH, typed) from error
    except InvalidChecksumDigits as error:
        raise IdentifierError(Fault.CHECK, typed) from error
    except SchwiftyException as error:
        raise IdentifierError(Fault.FORM, typed) from error


def bic(typed: str, *, iban_compact: str) -> str:
    """The BIC in capitals, of the same country as the IBAN; empty becomes the IBAN's own, if known.

    Raises IdentifierError; COUNTRY when bank and account lie in different countries.
    Source: ISO 9362.
    """
    bare = "".join(typed.split()).upper()
    if not bare:
        return bic_known(iban_compact)
    try:
        country = BIC(bare).country_code
    except SchwiftyException as error:
        raise IdentifierError(Fault.FORM, typed) from error
    if country != iban_compact[:2]:
        raise IdentifierError(Fault.COUNTRY, typed)
    return bare


def bic_known(iban_compact: str) -> str:
    """The BIC that bank registers give for this IBAN, or nothing."""
    found = IBAN(iban_compact).bic
    return found.compact if found else ""


def usable_from(validated_on: date, *, is_change: bool, cooling_days: int = COOLING_DAYS) -> date:
    """First day on which a validated account may be paid.

    A first account is payable at once. A changed one waits `cooling_days` calendar days, so that
    whoever is told at the old contacts can object before money leaves.
    """
    if cooling_days < 0:
        raise ValueError(f"cooling days are negative: {cooling_days}")
    return validated_on + timedelta(days=cooling_days if is_change else 0)


def holder_matches(holder: str, *, name: str) -> bool:
    """Whether an account holder is named like the organisation, punctuation and case aside."""
    return _bare(holder) == _bare(name) != ""


def _bare(name: str) -> str:
    """Letters and digits only, accents taken off."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    return "".join(character for character in plain if character.isalnum())
