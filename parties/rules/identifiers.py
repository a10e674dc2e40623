"""VAT numbers, registration numbers, regions and activities: what is well-formed in which country.

Check digits are python-stdnum's. A number that passes here is well-formed; whether it belongs to
the organisation is another question, asked of VIES and of the national register.
"""

import enum
import re
from collections.abc import Callable
from typing import Final

import stdnum
from stdnum import exceptions

from parties.rules.countries import COUNTRIES, nuts_prefix, vat_prefix


class Fault(enum.Enum):
    """Why an identifier is refused."""

    LENGTH = "length"
    FORM = "form"
    CHECK = "check"
    COUNTRY = "country"


class IdentifierError(ValueError):
    """An identifier that cannot be right; `fault` says why."""

    def __init__(self, fault: Fault, typed: str) -> None:
        super().__init__(f"{fault.value}: {typed}")
        self.fault = fault
        self.typed = typed


_LOOSE: Final = re.compile(r"[A-Z0-9][A-Z0-9 ./-]{2,29}")
_NACE: Final = re.compile(r"(?:[A-U]\.?)?\d{2}(?:\.\d{1,2})?")

# Registers whose numbers python-stdnum can check; of several, one has to accept the number.
REGISTERS: Final[dict[str, tuple[str, ...]]] = {
    "BE": ("be.vat",),
    "BG": ("bg.vat",),
    "CZ": ("cz.dic",),
    "DK": ("dk.cvr",),
    "EE": ("ee.registrikood",),
    "ES": ("es.cif", "es.nif"),
    "FI": ("fi.ytunnus", "fi.associationid"),
    "FR": ("fr.siren", "fr.siret"),
    "HR": ("hr.oib",),
    "IT": ("it.iva", "it.codicefiscale"),
    "LV": ("lv.pvn",),
    "NO": ("no.orgnr",),
    "PL": ("pl.regon", "pl.nip"),
    "PT": ("pt.nif",),
    "RO": ("ro.cui", "ro.onrc"),
    "RS": ("rs.pib",),
    "SE": ("se.orgnr",),
    "SI": ("si.maticna",),
}

# Registers without check digits, or without a module: the form alone.
FORMS: Final[dict[str, re.Pattern[str]]] = {
    "AT": re.compile(r"FN\d{1,6}[A-Z]"),
    "CY": re.compile(r"HE\d{1,6}"),
    "GR": re.compile(r"\d{12}"),
    "HU": re.compile(r"\d{10}"),
    "IE": re.compile(r"\d{5,6}"),
    "LT": re.compile(r"\d{7}|\d{9}"),
    "LU": re.compile(r"[A-Z]\d{1,6}"),
    "MT": re.compile(r"C\d{1,6}"),
    "NL": re.compile(r"\d{8}"),
    "SK": re.compile(r"\d{8}"),
}


def vat_number(typed: str, *, country: str) -> str:
    """The VAT number as VIES writes it, its two-letter prefix in front.

    Raises IdentifierError: COUNTRY when it begins with another country's prefix, else what the
    country's own rules say. Source: Directive 2006/112/EC, Article 215.
    """
    bare = re.sub(r"[\s.\-/]", "", typed).upper()
    prefix = vat_prefix(country)
    if _prefix_of_another(bare, country=country):
        raise IdentifierError(Fault.COUNTRY, typed)
    module = stdnum.get_cc_module(country.lower(), "vat")
    if module is None:
        return prefix + _loose(bare.removeprefix(prefix), typed=typed)
    own_form = bare if module.is_valid(bare) else bare.removeprefix(prefix)
    number = _checked(module.validate, own_form, typed=typed)
    return number if number.startswith(prefix) else prefix + number


def registration_number(typed: str, *, country: str) -> str:
    """The number in the country's register of companies or associations, in its usual form.

    Raises IdentifierError as the country's own rules say; where no rule is known, only the
    characters are looked at.
    """
    text = " ".join(typed.split())
    if country in FORMS:
        bare = re.sub(r"[\s.\-/]", "", text).upper()
        if FORMS[country].fullmatch(bare) is None:
            raise IdentifierError(Fault.FORM, typed)
        return bare
    faults: list[IdentifierError] = []
    for register in REGISTERS.get(country, ()):
        module_country, name = register.split(".")
        module = stdnum.get_cc_module(module_country, name)
        assert module is not None, register
        try:
            return _checked(module.validate, text, typed=typed)
        except IdentifierError as invalid:
            faults.append(invalid)
    if faults:
        raise faults[0]
    return _loose(text.upper(), typed=typed)


def nuts_code(typed: str, *, country: str) -> str:
    """A NUTS code of level 1 to 3: the country's prefix and one to three characters.

    Raises IdentifierError. Source: Regulation (EC) No 1059/2003, Annex I.
    """
    bare = "".join(typed.upper().split())
    if re.fullmatch(r"[A-Z]{2}[A-Z0-9]{1,3}", bare) is None:
        raise IdentifierError(Fault.FORM, typed)
    if not bare.startswith(nuts_prefix(country)):
        raise IdentifierError(Fault.COUNTRY, typed)
    return bare


def nace_code(typed: str) -> str:
    """A division, group or class of NACE Rev. 2, as in 62, 62.0 or 62.01, without section letter.

    Raises IdentifierError. Source: Regulation (EC) No 1893/2006, Annex I.
    """
    bare = "".join(typed.upper().split())
    if _NACE.fullmatch(bare) is None:
        raise IdentifierError(Fault.FORM, typed)
    return bare.lstrip("ABCDEFGHIJKLMNOPQRSTU.")


def _prefix_of_another(bare: str, *, country: str) -> bool:
    """Whether the number begins as another country's VAT numbers do and is right there."""
    other = {"EL": "GR"}.get(bare[:2], bare[:2])
    if other == country or other not in COUNTRIES:
        return False
    module = stdnum.get_cc_module(other.lower(), "vat")
    own = stdnum.get_cc_module(country.lower(), "vat")
    right_here = own is not None and own.is_valid(bare)
    return not right_here and (module is None or bare[2:3].isdigit() or module.is_valid(bare))


def _checked(validate: Callable[[str], str], bare: str, *, typed: str) -> str:
    try:
        return str(validate(bare)).upper()
    except exceptions.InvalidLength as error:
        raise IdentifierError(Fault.LENGTH, typed) from error
    except exceptions.InvalidChecksum as error:
        raise IdentifierError(Fault.CHECK, typed) from error
    except exceptions.ValidationError as error:
        raise IdentifierError(Fault.FORM, typed) from error


def _loose(text: str, *, typed: str) -> str:
    if _LOOSE.fullmatch(text) is None:
        raise IdentifierError(Fault.FORM, typed)
    return text
