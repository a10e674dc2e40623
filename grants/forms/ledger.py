"""What the coordinator's finance people enter: the bank's balance, a day to close through."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import AmountField, DayField, UploadField


class BankBalanceForm(forms.Form):
    """The closing balance of a day, as the bank's statement has it."""

    day = DayField(label=_("Day"), help_text=_("The day whose closing balance you read"))
    cents = AmountField(label=_("Closing balance"), help_text=_("As the statement has it"))
    statement = UploadField(label=_("Bank statement"), help_text=_("PDF, PNG or JPEG, up to 10 MB"))


class ClosePeriodForm(forms.Form):
    """The last day of the period."""

    through = DayField(
        label=_("Last day"), help_text=_("Nothing of this day or earlier can be booked any more")
    )
