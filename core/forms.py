"""One look for every form, and the fields whose values people type in many ways.

Each field reads what people write, says how to put it right with an example, and quotes what
was typed. `cleaned_data` holds cents, aware UTC instants, basis points, bare numbers.
"""

from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import schwifty
from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms.renderers import BaseRenderer, DjangoTemplates
from django.template import loader
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from schwifty.exceptions import SchwiftyException
from stdnum.eu import vat as eu_vat
from stdnum.exceptions import ValidationError as NumberError

from core.errors import DomainError
from core.money import Cents, parse_amount
from core.presentation import formats
from core.presentation.reading import read_day, read_share, read_time


class TrellisRenderer(BaseRenderer):
    """Forms from `templates/forms`, single controls from Django's own templates."""

    form_template_name = "forms/form.html"
    formset_template_name = "forms/formset.html"
    field_template_name = "forms/field.html"

    def __init__(self) -> None:
        self._controls = DjangoTemplates()

    def get_template(self, template_name: str) -> Any:
        """A template of the kit, or of one of Django's controls."""
        if template_name.startswith("django/forms/"):
            return self._controls.get_template(template_name)
        return loader.get_template(template_name)


class AmountField(forms.Field):
    """Euro in any usual form (1,234.56 or 1.234,56 or 1 234,56); the value is cents."""

    widget = forms.TextInput(
        attrs={
            "inputmode": "decimal",
            "autocomplete": "off",
            "class": "govuk-input--width-10 tr-num",
        }
    )
    prefix = "EUR"

    def __init__(self, *, min_cents: Cents = 0, max_cents: Cents | None = None, **kw: Any) -> None:
        self.min_cents, self.max_cents = min_cents, max_cents
        super().__init__(**kw)

    def to_python(self, value: Any) -> Cents | None:
        """Cents; None where nothing was typed."""
        if value in self.empty_values:
            return None
        if isinstance(value, int):
            return value
        cents: Cents = parsed(parse_amount, str(value))
        return cents

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is None:
            return
        if value < self.min_cents:
            words = gettext("Enter at least %(limit)s.")
            raise forms.ValidationError(words % {"limit": formats.eur(self.min_cents)})
        if self.max_cents is not None and value > self.max_cents:
            words = gettext("Enter at most %(limit)s.")
            raise forms.ValidationError(words % {"limit": formats.eur(self.max_cents)})

    def prepare_value(self, value: Any) -> Any:
        return formats.money(value) if isinstance(value, int) else value


class ShareField(forms.Field):
    """A share in per cent, `7,5` or `7.5 %`; the value is basis points (750)."""

    widget = forms.TextInput(
        attrs={
            "inputmode": "decimal",
            "autocomplete": "off",
            "class": "govuk-input--width-5 tr-num",
        }
    )
    suffix = "%"

    def __init__(self, *, max_bp: int = 10_000, **kw: Any) -> None:
        self.max_bp = max_bp
        super().__init__(**kw)

    def to_python(self, value: Any) -> int | None:
        """Basis points; None where nothing was typed."""
        if value in self.empty_values:
            return None
        return value if isinstance(value, int) else parsed(read_share, str(value))

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is not None and value > self.max_bp:
            words = gettext("Enter at most %(limit)s.")
            raise forms.ValidationError(words % {"limit": formats.share(self.max_bp)})

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, int):
            return value
        return formats.rate(value).removesuffix(f"{formats.NBSP}%")


class DayField(forms.Field):
    """A date in any usual form: 30 Nov 2021, 30/11/2021, 30.11.2021 or 2021-11-30."""

    widget = forms.TextInput(attrs={"autocomplete": "off", "class": "tr-w-date tr-num"})

    def to_python(self, value: Any) -> date | None:
        """The day; None where nothing was typed."""
        if value in self.empty_values:
            return None
        return value if isinstance(value, date) else parsed(read_day, str(value))

    def prepare_value(self, value: Any) -> Any:
        return formats.day(value, short=True) if isinstance(value, date) else value


class MomentInput(forms.MultiWidget):
    """Two boxes: the day and the time of day."""

    def __init__(self, *, zone: ZoneInfo, attrs: dict[str, Any] | None = None) -> None:
        self.zone = zone
        boxes: dict[str, forms.Widget | type[forms.Widget]] = {
            "day": forms.TextInput(attrs={"class": "tr-w-date tr-num"}),
            "time": forms.TextInput(attrs={"class": "govuk-input--width-5 tr-num"}),
        }
        super().__init__(boxes, attrs)

    def decompress(self, value: datetime | None) -> list[str | None]:
        """What stands in the boxes for an instant: its day and time in the zone."""
        if value is None:
            return [None, None]
        local = value.astimezone(self.zone)
        return [formats.day(local.date(), short=True), f"{local:%H:%M}"]


class MomentField(forms.MultiValueField):
    """An instant, typed as day and time in one zone; the value is aware UTC."""

    widget: MomentInput

    def __init__(self, *, zone: ZoneInfo | None = None, **kw: Any) -> None:
        self.zone = zone or formats.house_zone()
        boxes = (DayField(), TimeField())
        super().__init__(boxes, widget=MomentInput(zone=self.zone), require_all_fields=True, **kw)

    def compress(self, data_list: list[Any]) -> datetime | None:
        """Join day and time; a time that the clocks skip in spring is refused."""
        if not data_list:
            return None
        day, clock = data_list
        local = datetime.combine(day, clock, tzinfo=self.zone)
        instant = local.astimezone(UTC)
        if instant.astimezone(self.zone).replace(tzinfo=None) != local.replace(tzinfo=None):
            words = gettext("%(time)s does not exist on that day: the clocks go forward.")
            raise forms.ValidationError(words % {"time": f"{clock:%H:%M}"})
        return instant


class TimeField(forms.Field):
    """A time of day: 17:00, 17.00 or 5 pm."""

    def to_python(self, value: Any) -> time | None:
        """The time; None where nothing was typed."""
        return None if value in self.empty_values else parsed(read_time, str(value))


class IbanField(forms.CharField):
    """An account number, checked by its own digits and its country's length; spaces are free."""

    widget = forms.TextInput(
        attrs={
            "autocomplete": "off",
            "spellcheck": "false",
            "class": "govuk-input--width-20 tr-num",
        }
    )

    def __init__(self, **kw: Any) -> None:
        super().__init__(**{"max_length": 42, **kw})

    def clean(self, value: Any) -> str:
        """The number without spaces, in capitals."""
        typed = super().clean(value)
        if not typed:
            return ""
        try:
            return str(schwifty.IBAN(typed))
        except SchwiftyException as error:
            words = gettext(
                "“%(typed)s” is not a valid IBAN. Check it against a statement, for example "
                "BE71 0961 2345 6769."
            )
            raise forms.ValidationError(words % {"typed": typed}) from error

    def prepare_value(self, value: Any) -> Any:
        return formats.iban(value) if isinstance(value, str) and value.isalnum() else value


class BicField(forms.CharField):
    """A bank's code of 8 or 11 characters."""

    widget = forms.TextInput(attrs={"autocomplete": "off", "class": "govuk-input--width-10 tr-num"})

    def clean(self, value: Any) -> str:
        """The code in capitals."""
        typed = super().clean(value)
        if not typed:
            return ""
        try:
            return str(schwifty.BIC(typed))
        except SchwiftyException as error:
            words = gettext(
                "“%(typed)s” is not a valid BIC. It has 8 or 11 characters, for example GKCCBEBB."
            )
            raise forms.ValidationError(words % {"typed": typed}) from error


class VatField(forms.CharField):
    """A VAT number of a Member State, with its two letters, checked by its own digits."""

    widget = forms.TextInput(attrs={"autocomplete": "off", "class": "govuk-input--width-20 tr-num"})

    def clean(self, value: Any) -> str:
        """The number without spaces and dots, in capitals."""
        typed = super().clean(value)
        if not typed:
            return ""
        try:
            return str(eu_vat.validate(typed))
        except NumberError as error:
            words = gettext(
                "“%(typed)s” is not a valid VAT number. It begins with the letters of the "
                "country, for example BE 0203.430.576."
            )
            raise forms.ValidationError(words % {"typed": typed}) from error


class UploadField(forms.FileField):
    """A file; its kind and size are checked by `core.documents.accept_upload`.

    The value is a `core.documents.Upload`: `(name, content, media_type)`.
    """

    default_error_messages = {
        "required": _("Choose a file."),
        "empty": _("This file is empty. Choose another one."),
    }

    def __init__(self, *, kinds: tuple[str, ...] = (), max_bytes: int = 0, **kw: Any) -> None:
        self.kinds, self.max_bytes = kinds, max_bytes
        super().__init__(**kw)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Name, content and kind of the file; None where none was chosen."""
        from core import documents  # noqa: PLC0415  models need the app registry

        upload = super().clean(data, initial)
        if not isinstance(upload, UploadedFile):
            return upload
        try:
            content, media_type = documents.accept_upload(
                upload,
                kinds=self.kinds or documents.EVIDENCE_KINDS,
                max_bytes=self.max_bytes or documents.UPLOAD_MAX,
            )
        except DomainError as error:
            raise forms.ValidationError(str(error)) from error
        return str(upload.name), content, media_type


def parsed(reader: Any, typed: str) -> Any:
    """What a reader makes of a text; its refusal becomes the field's error."""
    try:
        return reader(typed)
    except DomainError as error:
        raise forms.ValidationError(str(error)) from error
