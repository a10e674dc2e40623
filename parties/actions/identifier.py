"""Reading what people type as numbers of organisations and accounts; each refusal is a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core.errors import DomainError
from parties.rules import banking, identifiers, specimens
from parties.rules.countries import COUNTRIES, nuts_prefix
from parties.rules.identifiers import Fault, IdentifierError

if TYPE_CHECKING:
    from collections.abc import Callable


def vat_number(typed: str, *, country: str) -> str:
    """The VAT number in the form of VIES; empty stays empty. Refused when it cannot be right."""
    if not typed.strip():
        return ""
    try:
        return identifiers.vat_number(typed, country=country)
    except IdentifierError as error:
        raise _refusal(
            error,
            field="vat_number",
            country=country,
            what=_("“%(typed)s” is not a VAT number of %(country)s"),
            example=lambda: specimens.vat_number(country),
        ) from error


def registration_number(typed: str, *, country: str) -> str:
    """The number in the national register; empty stays empty. Refused when it cannot be right."""
    if not typed.strip():
        return ""
    try:
        return identifiers.registration_number(typed, country=country)
    except IdentifierError as error:
        raise _refusal(
            error,
            field="registration_number",
            country=country,
            what=_("“%(typed)s” is not a registration number of %(country)s"),
            example=lambda: specimens.registration_number(country),
        ) from error


def nuts(typed: str, *, country: str) -> str:
    """The NUTS code in capitals; empty stays empty. Refused when it lies in another country."""
    if not typed.strip():
        return ""
    try:
        return identifiers.nuts_code(typed, country=country)
    except IdentifierError as error:
        raise _refusal(
            error,
            field="nuts",
            country=country,
            what=_("“%(typed)s” is not a NUTS region of %(country)s"),
            example=lambda: f"{nuts_prefix(country)}1",
        ) from error


def nace(typed: str) -> str:
    """The NACE code without its section letter; empty stays empty."""
    if not typed.strip():
        return ""
    try:
        return identifiers.nace_code(typed)
    except IdentifierError as error:
        words = _("“%(typed)s” is not a NACE code. Write the class with its dot, as in 62.01.")
        raise DomainError(words % {"typed": typed}, field="nace") from error


def iban(typed: str) -> str:
    """The IBAN without blanks. Refused with the reason: length, country, check digits."""
    try:
        return banking.iban(typed)
    except IdentifierError as error:
        country = typed.strip()[:2].upper()
        known = country if country in COUNTRIES else "BE"
        raise _refusal(
            error,
            field="iban",
            country=known,
            what=_("“%(typed)s” is not a valid IBAN"),
            example=lambda: _grouped(specimens.iban(known)),
        ) from error


def bic(typed: str, *, iban_compact: str) -> str:
    """The BIC in capitals, worked out from the IBAN where nothing was typed and it is known."""
    try:
        found = banking.bic(typed, iban_compact=iban_compact)
    except IdentifierError as error:
        words = {
            Fault.COUNTRY: _("“%(typed)s” is a bank of another country than the IBAN's."),
        }.get(
            error.fault, _("“%(typed)s” is not a BIC. It has 8 or 11 characters, as in GKCCBEBB.")
        )
        raise DomainError(words % {"typed": typed}, field="bic") from error
    if not found:
        words_unknown = _("We do not know the BIC of this IBAN. Copy it from your bank statement.")
        raise DomainError(words_unknown, field="bic")
    return found


def _refusal(
    error: IdentifierError, *, field: str, country: str, what: str, example: Callable[[], str]
) -> DomainError:
    why = {
        Fault.LENGTH: _("it has too few or too many characters"),
        Fault.FORM: _("its characters are not where they should be"),
        Fault.CHECK: _("its check digits do not match, so one character is wrong"),
        Fault.COUNTRY: _("it belongs to another country"),
    }[error.fault]
    facts = {"typed": error.typed, "country": COUNTRIES[country]}
    words = _("%(what)s: %(why)s. An example of the form: %(example)s.")
    text = words % {"what": what % facts, "why": why, "example": example()}
    return DomainError(text, field=field)


def _grouped(iban_compact: str) -> str:
    return " ".join(iban_compact[place : place + 4] for place in range(0, len(iban_compact), 4))
