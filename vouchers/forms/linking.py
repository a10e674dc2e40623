"""Recording that the applicant is linked with another enterprise."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import DayField, ShareField, UploadField


class TieForm(forms.Form):
    """The other enterprise by its number, who holds whom since when, and what shows it."""

    number = forms.CharField(
        label=_("VAT or registration number of the other enterprise"), max_length=60
    )
    direction = forms.ChoiceField(
        label=_("Who controls whom"),
        choices=[
            ("up", _("The other enterprise controls the applicant")),
            ("down", _("The applicant controls the other enterprise")),
        ],
        widget=forms.RadioSelect,
    )
    share_bp = ShareField(
        label=_("Share of capital or votes, whichever is higher"),
        help_text=_("0 if one controls the other by a contract or by naming its board."),
    )
    start_date = DayField(label=_("Since"))
    reason = forms.CharField(
        label=_("How you know"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Both enterprises can read it."),
    )
    evidence = UploadField(
        label=_("What shows it"), help_text=_("Extract of a register, PDF, PNG or JPEG, 10 MB")
    )
