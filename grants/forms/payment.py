"""What the bank's statement says about a payment."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import DayField
from grants.models import BankRecord


class BankRecordForm(forms.Form):
    """Executed or returned, on which day, under which reference."""

    outcome = forms.ChoiceField(
        label=_("What the bank did"),
        choices=BankRecord.Outcome.choices,
        widget=forms.RadioSelect,
    )
    booked_on = DayField(label=_("Booked on"), help_text=_("The day on the statement"))
    reference = forms.CharField(label=_("Reference of the bank"), max_length=35)
    bank_reason = forms.CharField(
        label=_("Reason of the return"),
        help_text=_("Copy it from the statement, for example: AC04 account closed"),
        max_length=140,
        required=False,
    )
