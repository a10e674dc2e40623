"""Other de minimis aid, row by row, as an applicant lists it."""

from __future__ import annotations

from typing import cast

from django import forms
from django.forms import formset_factory
from django.utils.translation import gettext_lazy as _

from core.forms import AmountField, DayField
from vouchers.forms.sme_call import PartFormSet


class AidForm(forms.Form):
    """One grant of de minimis aid from elsewhere."""

    granted_on = DayField(label=_("Granted on"), help_text=_("The day of the decision or contract"))
    cents = AmountField(label=_("Amount"), min_cents=1)
    authority = forms.CharField(label=_("Granted by"), max_length=160)


def aid_formset() -> type[PartFormSet]:
    """The rows of the list, with two empty ones to add."""
    return cast(
        "type[PartFormSet]",
        formset_factory(AidForm, formset=PartFormSet, extra=2, can_delete=True),
    )
