"""Well-formed numbers for examples in error messages, for tests and for the demonstration.

Each is right by its check digits and means nobody; a real holder would be a coincidence.
"""

import itertools
import string
from collections.abc import Callable, Iterator
from functools import cache
from random import Random
from typing import Final

from schwifty import IBAN

from parties.rules import identifiers
from parties.rules.identifiers import IdentifierError

_FREE_DIGITS: Final = 4
_SERIAL_DIGITS: Final = 5

# '#' is a digit, '?' a letter that depends on the digits.
_VAT: Final[dict[str, str]] = {
    "AL": "L########?",
    "AT": "ATU########",
    "BE": "BE0#########",
    "BG": "BG#########",
    "CH": "CHE#########MWST",
    "CY": "CY1#######?",
    "CZ": "CZ########",
    "DE": "DE#########",
    "DK": "DK########",
    "EE": "EE#########",
    "ES": "ESB########",
    "FI": "FI########",
    "FR": "FR###########",
    "GB": "GB#########",
    "GR": "EL#########",
    "HR": "HR###########",
    "HU": "HU########",
    "IE": "IE#######?",
    "IS": "IS######",
    "IT": "IT####0010###",
    "LT": "LT#########",
    "LU": "LU########",
    "LV": "LV4##########",
    "ME": "ME########",
    "MK": "MK#############",
    "MT": "MT########",
    "NL": "NL#########B01",
    "NO": "NO#########MVA",
    "PL": "PL##########",
    "PT": "PT5########",
    "RO": "RO########",
    "RS": "RS#########",
    "SE": "SE##########01",
    "SI": "SI########",
    "SK": "SK2#2#######",
    "TR": "TR##########",
}
_REGISTRATION: Final[dict[str, str]] = {
    "AT": "FN######?",
    "BE": "0#########",
    "BG": "#########",
    "CY": "HE######",
    "CZ": "########",
    "DK": "########",
    "EE": "########",
    "ES": "G########",
    "FI": "#######-#",
    "FR": "#########",
    "GR": "############",
    "HR": "###########",
    "HU": "##########",
    "IE": "######",
    "IT": "####0010###",
    "LT": "#########",
    "LU": "B######",
    "LV": "4##########",
    "MT": "C#####",
    "NL": "########",
    "NO": "#########",
    "PL": "#########",
    "PT": "5########",
    "RO": "########",
    "RS": "#########",
    "SE": "##########",
    "SI": "#######",
    "SK": "########",
}


@cache
def vat_number(country: str, serial: int = 1) -> str:
    """The `serial`-th well-formed VAT number of a country; a plain one where no rule is known."""
    pattern = _VAT.get(country, f"{country}########")
    return _first(pattern, serial, lambda text: identifiers.vat_number(text, country=country))


@cache
def registration_number(country: str, serial: int = 1) -> str:
    """The `serial`-th well-formed registration number of a country."""
    pattern = _REGISTRATION.get(country, "REG ########")
    return _first(
        pattern, serial, lambda text: identifiers.registration_number(text, country=country)
    )


@cache
def iban(country: str, serial: int = 1) -> str:
    """The `serial`-th well-formed IBAN of a country, without blanks."""
    generator = Random(f"{country}-{serial}")  # noqa: S311  an example, not a secret
    return IBAN.random(country_code=country, random=generator).compact


def _first(pattern: str, serial: int, read: Callable[[str], str]) -> str:
    """The first candidate that `read` accepts; the serial number fills the leading digits."""
    for candidate in _candidates(pattern, serial):
        try:
            return read(candidate)
        except IdentifierError:
            continue
    raise LookupError(f"no specimen for {pattern}")


def _candidates(pattern: str, serial: int) -> Iterator[str]:
    digits = pattern.count("#")
    free = max(0, min(_FREE_DIGITS, digits - _SERIAL_DIGITS))
    first = 10 ** (digits - free - 1)
    lead = str(first + serial % (9 * first))
    letters = string.ascii_uppercase if "?" in pattern else "-"
    for tail, letter in itertools.product(range(10**free), letters):
        filled = iter(lead + (f"{tail:0{free}d}" if free else ""))
        yield "".join(
            next(filled) if place == "#" else letter if place == "?" else place for place in pattern
        )
