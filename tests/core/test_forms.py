from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

from core.forms import (
    AmountField,
    BicField,
    DayField,
    IbanField,
    MomentField,
    ShareField,
    TimeField,
    UploadField,
    VatField,
)

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02" + b"\0" * 40


def refusal(field: forms.Field, typed: Any) -> str:
    with pytest.raises(forms.ValidationError) as refused:
        field.clean(typed)
    return str(refused.value.messages[0])


@pytest.mark.parametrize(
    "typed", ["1,234.56", "1.234,56", "1 234,56", "1\u00a0234,56", "1234.56", "€ 1,234.56"]
)
def test_an_amount_is_read_in_any_usual_form(typed: str) -> None:
    assert AmountField().clean(typed) == 123_456


def test_an_amount_that_cannot_be_read_is_quoted() -> None:
    assert refusal(AmountField(), "12,00,0").startswith("“12,00,0” could not be read")


def test_an_amount_stays_within_its_limits() -> None:
    field = AmountField(min_cents=100, max_cents=6_000_000)
    assert field.clean("60,000.00") == 6_000_000
    assert field.clean(6_000_000) == 6_000_000
    assert refusal(field, "60,000.01") == "Enter at most EUR\u00a060,000.00."
    assert refusal(field, "0.99") == "Enter at least EUR\u00a01.00."


def test_an_amount_may_be_left_out_only_if_it_is_optional() -> None:
    assert AmountField(required=False).clean("") is None
    with pytest.raises(forms.ValidationError) as refused:
        AmountField().clean("")
    assert refused.value.code == "required"


def test_cents_are_shown_as_an_amount_and_typed_words_as_they_are() -> None:
    field = AmountField()
    assert field.prepare_value(123_456) == "1,234.56"
    assert field.prepare_value("12,00,0") == "12,00,0"


def test_a_share_is_basis_points() -> None:
    field = ShareField()
    assert field.clean("7,5") == 750
    assert field.clean("100 %") == 10_000
    assert refusal(field, "100.01") == "Enter at most 100.00\u00a0%."
    assert field.prepare_value(750) == "7.5"
    assert field.prepare_value("x") == "x"
    assert ShareField(required=False).clean("") is None


def test_a_day_reads_and_shows_words() -> None:
    field = DayField(required=False)
    assert field.clean("30.11.2021") == date(2021, 11, 30)
    assert field.clean("") is None
    assert field.prepare_value(date(2021, 11, 30)) == "30 Nov 2021"
    assert "“soon” is not a date" in refusal(field, "soon")


def test_a_moment_is_typed_in_its_zone_and_kept_in_utc() -> None:
    assert MomentField().clean(["30 Nov 2021", "17:00"]) == datetime(2021, 11, 30, 16, tzinfo=UTC)
    helsinki = MomentField(zone=ZoneInfo("Europe/Helsinki"))
    assert helsinki.clean(["30 Nov 2021", "17:00"]) == datetime(2021, 11, 30, 15, tzinfo=UTC)


def test_a_moment_shows_the_day_and_time_of_its_zone() -> None:
    widget = MomentField().widget
    assert widget.decompress(datetime(2021, 11, 30, 16, tzinfo=UTC)) == ["30 Nov 2021", "17:00"]
    assert widget.decompress(None) == [None, None]


def test_a_time_that_the_clocks_skip_is_refused() -> None:
    assert "02:30 does not exist" in refusal(MomentField(), ["27 Mar 2022", "02:30"])
    assert MomentField().clean(["27 Mar 2022", "03:00"]) == datetime(2022, 3, 27, 1, tzinfo=UTC)


def test_half_a_moment_is_refused_and_none_may_be_left_out() -> None:
    assert MomentField(required=False).clean(["", ""]) is None
    assert refusal(MomentField(), ["30 Nov 2021", ""])
    assert "“noon” is not a time" in refusal(TimeField(), "noon")


@pytest.mark.parametrize("typed", ["BE71 0961 2345 6769", "be71096123456769"])
def test_an_iban_is_kept_without_spaces(typed: str) -> None:
    assert IbanField().clean(typed) == "BE71096123456769"


@pytest.mark.parametrize("typed", ["BE71 0961 2345 6760", "XX00 1234", "12345"])
def test_a_wrong_iban_is_quoted_with_an_example(typed: str) -> None:
    words = refusal(IbanField(), typed)
    assert words.startswith(f"“{typed}” is not a valid IBAN.")
    assert words.endswith("BE71 0961 2345 6769.")


def test_an_iban_is_shown_in_groups() -> None:
    assert IbanField().prepare_value("BE71096123456769") == "BE71 0961 2345 6769"
    assert IbanField(required=False).clean("") == ""


def test_a_bic_is_checked() -> None:
    assert BicField().clean("gkccbebb") == "GKCCBEBB"
    assert refusal(BicField(), "GKCC").startswith("“GKCC” is not a valid BIC.")
    assert BicField(required=False).clean("") == ""


def test_a_vat_number_is_checked_by_its_own_digits() -> None:
    assert VatField().clean("BE 0203.430.576") == "BE0203430576"
    assert refusal(VatField(), "BE 0203.430.577").startswith("“BE 0203.430.577” is not a valid")
    assert VatField(required=False).clean("") == ""


def test_a_file_is_judged_by_its_content() -> None:
    upload = SimpleUploadedFile("picture.png", PNG)
    assert UploadField().clean(upload) == ("picture.png", PNG, "image/png")
    words = refusal(UploadField(), SimpleUploadedFile("invoice.pdf", b"not a PDF at all"))
    assert words.startswith("“invoice.pdf” is not one of")


def test_a_file_may_be_too_big_or_missing() -> None:
    words = refusal(UploadField(max_bytes=10), SimpleUploadedFile("picture.png", PNG))
    assert "“picture.png” is" in words
    assert refusal(UploadField(), None) == "Choose a file."
    assert UploadField(required=False).clean(None) is None
    only_pdf = UploadField(kinds=("application/pdf",))
    assert "PDF" in refusal(only_pdf, SimpleUploadedFile("picture.png", PNG))
