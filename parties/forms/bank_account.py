"""A bank account as it is typed from a statement."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError
from parties.actions import identifier

NUMBER = {"autocomplete": "off", "spellcheck": "false", "class": "tr-num"}


class BankAccountForm(forms.Form):
    """Holder, IBAN, BIC; what was read is what is kept."""

    holder = forms.CharField(
        label=_("Account holder"),
        max_length=140,
        help_text=_("Exactly as on the bank statement."),
    )
    iban = forms.CharField(
        label=_("IBAN"),
        max_length=60,
        widget=forms.TextInput(attrs=NUMBER | {"class": "govuk-input--width-20 tr-num"}),
        help_text=_("For example BE71 0961 2345 6769; blanks do not matter."),
    )
    bic = forms.CharField(
        label=_("BIC"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs=NUMBER | {"class": "govuk-input--width-10 tr-num"}),
        help_text=_("Leave it empty: usually it follows from the IBAN."),
    )

    def clean_iban(self) -> str:
        """The number without blanks, or why it cannot be right."""
        try:
            return identifier.iban(self.cleaned_data["iban"])
        except DomainError as refusal:
            raise forms.ValidationError(str(refusal)) from refusal

    def clean(self) -> dict[str, Any]:
        """The BIC belongs to the IBAN's country."""
        compact = self.cleaned_data.get("iban")
        if compact and "bic" in self.cleaned_data:
            try:
                typed = self.cleaned_data["bic"]
                self.cleaned_data["bic"] = identifier.bic(typed, iban_compact=compact)
            except DomainError as refusal:
                self.add_error("bic", str(refusal))
        return self.cleaned_data
