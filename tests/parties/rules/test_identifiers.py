import pytest
from hypothesis import given
from hypothesis import strategies as st

from parties.rules import banking, identifiers, specimens
from parties.rules.countries import COUNTRIES
from parties.rules.identifiers import Fault, IdentifierError


@pytest.mark.parametrize(
    ("country", "typed", "read"),
    [
        ("BE", "BE 0203.430.576", "BE0203430576"),
        ("BE", "0203.430.576", "BE0203430576"),
        ("GR", "EL 094259216", "EL094259216"),
        ("NL", "NL 004495445B01", "NL004495445B01"),
        ("FR", "FR 40 303 265 045", "FR40303265045"),
        ("DE", "DE 136.695.976", "DE136695976"),
        ("AT", "ATU 13585627", "ATU13585627"),
        ("XK", "xk 330 123 456", "XK330123456"),
    ],
)
def test_vat_number_is_read_as_vies_writes_it(country: str, typed: str, read: str) -> None:
    assert identifiers.vat_number(typed, country=country) == read


@pytest.mark.parametrize(
    ("country", "typed", "fault"),
    [
        ("BE", "BE 0203.430.577", Fault.CHECK),
        ("BE", "BE 0203", Fault.LENGTH),
        ("BE", "DE136695976", Fault.COUNTRY),
        ("DE", "FR40303265045", Fault.COUNTRY),
        ("GR", "BE0203430576", Fault.COUNTRY),
        ("FR", "FR!!303265045", Fault.FORM),
        ("XK", "!", Fault.FORM),
    ],
)
def test_vat_number_that_cannot_be_right_says_why(country: str, typed: str, fault: Fault) -> None:
    with pytest.raises(IdentifierError) as refused:
        identifiers.vat_number(typed, country=country)
    assert refused.value.fault == fault
    assert refused.value.typed == typed


@pytest.mark.parametrize(
    ("country", "typed", "read"),
    [
        ("FR", "303 265 045", "303265045"),
        ("BE", "0203.430.576", "0203430576"),
        ("AT", "FN 122119m", "FN122119M"),
        ("NL", "12 34 56 78", "12345678"),
        ("DE", "HRB 12345 B", "HRB 12345 B"),
        ("SE", "556036-0793", "5560360793"),
    ],
)
def test_registration_number_is_read_by_the_register_of_its_country(
    country: str, typed: str, read: str
) -> None:
    assert identifiers.registration_number(typed, country=country) == read


@pytest.mark.parametrize(
    ("country", "typed", "fault"),
    [
        ("FR", "303 265 046", Fault.CHECK),
        ("NL", "1234567", Fault.FORM),
        ("AT", "122119", Fault.FORM),
        ("DE", "-", Fault.FORM),
    ],
)
def test_registration_number_that_cannot_be_right_says_why(
    country: str, typed: str, fault: Fault
) -> None:
    with pytest.raises(IdentifierError) as refused:
        identifiers.registration_number(typed, country=country)
    assert refused.value.fault == fault


@pytest.mark.parametrize("country", sorted(COUNTRIES))
def test_every_country_has_specimens_that_pass_its_own_rules(country: str) -> None:
    vat = {specimens.vat_number(country, serial) for serial in range(1, 40)}
    registration = {specimens.registration_number(country, serial) for serial in range(1, 40)}
    accounts = {specimens.iban(country, serial) for serial in range(1, 10)}
    assert len(vat) == len(registration) == 39
    assert len(accounts) == 9
    for number in vat:
        assert identifiers.vat_number(number, country=country) == number
    for account in accounts:
        assert banking.iban(account) == account


def test_specimen_that_no_rule_accepts_is_a_bug() -> None:
    def refuse(text: str) -> str:
        raise IdentifierError(Fault.FORM, text)

    with pytest.raises(LookupError, match="no specimen"):
        specimens._first("##?", 1, refuse)


@pytest.mark.parametrize(
    ("country", "typed", "read"),
    [
        ("BE", "be 10", "BE10"),
        ("GR", "EL30", "EL30"),
        ("GB", "UKI", "UKI"),
        ("FR", "FRK26", "FRK26"),
    ],
)
def test_nuts_code_begins_with_the_prefix_of_its_country(
    country: str, typed: str, read: str
) -> None:
    assert identifiers.nuts_code(typed, country=country) == read


@pytest.mark.parametrize(
    ("country", "typed", "fault"),
    [
        ("BE", "FR10", Fault.COUNTRY),
        ("GR", "GR30", Fault.COUNTRY),
        ("BE", "BE", Fault.FORM),
        ("BE", "BE1000", Fault.FORM),
        ("BE", "B1", Fault.FORM),
    ],
)
def test_nuts_code_of_another_country_or_form_is_refused(
    country: str, typed: str, fault: Fault
) -> None:
    with pytest.raises(IdentifierError) as refused:
        identifiers.nuts_code(typed, country=country)
    assert refused.value.fault == fault


@pytest.mark.parametrize(
    ("typed", "read"), [("62.01", "62.01"), ("J62.01", "62.01"), ("J.62.0", "62.0"), (" 62 ", "62")]
)
def test_nace_code_loses_its_section_letter(typed: str, read: str) -> None:
    assert identifiers.nace_code(typed) == read


@pytest.mark.parametrize("typed", ["6", "62.", "62.011", "J", "weaving"])
def test_nace_code_of_another_form_is_refused(typed: str) -> None:
    with pytest.raises(IdentifierError):
        identifiers.nace_code(typed)


@given(st.text(max_size=40), st.sampled_from(sorted(COUNTRIES)))
def test_any_text_is_read_or_refused_but_never_breaks(typed: str, country: str) -> None:
    for read in (identifiers.vat_number, identifiers.registration_number, identifiers.nuts_code):
        try:
            number = read(typed, country=country)
        except IdentifierError:
            continue
        assert read(number, country=country) == number
