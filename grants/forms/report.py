"""Forms of periodic reports: statements, the coordinator's part, the officer's assessment."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core import documents
from core.forms import AmountField, UploadField
from grants.models import CostLine
from grants.models.report import RATE_ONE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

RATE_PLACES = 6


class RateField(forms.Field):
    """Units of a currency per euro, `4.2634` or `4,2634`; the value is millionths."""

    widget = forms.TextInput(
        attrs={"inputmode": "decimal", "class": "govuk-input--width-10 tr-num"}
    )

    def to_python(self, value: Any) -> int | None:
        """Millionths; None where nothing was typed."""
        if value in self.empty_values:
            return None
        if isinstance(value, int):
            return value
        try:
            rate = Decimal(str(value).strip().replace(",", ".")) * RATE_ONE
        except InvalidOperation:
            rate = Decimal(0)
        if not rate.is_finite() or rate <= 0 or rate != rate.to_integral_value():
            words = gettext("“%(typed)s” is not a rate. Write it like 4.2634.")
            raise forms.ValidationError(words % {"typed": value})
        return int(rate)

    def prepare_value(self, value: Any) -> Any:
        """The rate without trailing zeros."""
        if not isinstance(value, int):
            return value
        return format((Decimal(value) / RATE_ONE).normalize(), "f")


class TermsForm(forms.Form):
    """The currency of a partner's accounts and what was audited before."""

    currency = forms.CharField(
        label=_("Currency of your accounts"), help_text=_("Three letters, EUR or PLN"), max_length=3
    )
    rate_millionths = RateField(
        label=_("Units per euro"),
        help_text=_(
            "1 for the euro; otherwise the average of the daily rates of the European Central "
            "Bank over the period"
        ),
    )
    audited_cents = AmountField(
        label=_("EU contribution already audited"),
        help_text=_("It counts no more towards the certificate. 0 if nothing was audited."),
    )

    def clean_currency(self) -> str:
        """Three capital letters."""
        typed = str(self.cleaned_data["currency"]).strip().upper()
        if not re.fullmatch(r"[A-Z]{3}", typed):
            raise forms.ValidationError(gettext("Write three letters, for example EUR."))
        return typed


class CostLineForm(forms.Form):
    """One direct cost."""

    category = forms.ChoiceField(label=_("Category"), choices=CostLine.Category.choices)
    description = forms.CharField(label=_("What was paid for"), max_length=200)
    local_cents = AmountField(label=_("Amount in your currency"), min_cents=1)


class CertificateForm(forms.Form):
    """The auditor's certificate on the statements."""

    certificate = UploadField(
        label=_("Certificate on the financial statements (PDF)"), kinds=(documents.PDF,)
    )


class SummaryForm(forms.Form):
    """The coordinator's text."""

    summary = forms.CharField(
        label=_("What was done in the period, and what came of it"),
        widget=forms.Textarea(attrs={"rows": 12}),
        max_length=20_000,
        required=False,
    )


class SubmitForm(forms.Form):
    """The SME support of the period, confirmed to the cent."""

    sme_support_cents = AmountField(
        label=_("SME support of the period"),
        help_text=_("Compare the list above with your own accounts, then confirm the sum."),
    )


class AssessForm(forms.Form):
    """For every cost line: what is accepted, and why not all of it."""

    def __init__(self, *args: Any, lines: Sequence[CostLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        for line in lines:
            kept = line.accepted_cents
            self.fields[f"accepted_{line.pk}"] = AmountField(
                label=gettext("Accepted of “%(line)s”") % {"line": line},
                initial=line.cost_cents if kept is None else kept,
                max_cents=line.cost_cents,
            )
            self.fields[f"reason_{line.pk}"] = forms.CharField(
                label=gettext("Reason for “%(line)s”") % {"line": line},
                initial=line.reason,
                max_length=500,
                required=False,
            )

    @property
    def rows(self) -> list[tuple[CostLine, Any, Any]]:
        """Each line with its two fields."""
        return [
            (line, self[f"accepted_{line.pk}"], self[f"reason_{line.pk}"]) for line in self.lines
        ]

    @property
    def decisions(self) -> dict[UUID, tuple[int, str]]:
        """What was decided on each line."""
        typed = self.cleaned_data
        return {
            line.pk: (typed[f"accepted_{line.pk}"], typed[f"reason_{line.pk}"])
            for line in self.lines
        }
