"""Verify a receipt."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from core.documents import PDF
from core.forms import UploadField


class ReceiptNumberForm(forms.Form):
    """By what is printed on it."""

    number = forms.CharField(
        label=_("Receipt number"), max_length=24, help_text=_("For example TR-7K4M-9QXZ-2FHC.")
    )
    fingerprint = forms.CharField(
        label=_("Fingerprint"),
        max_length=64,
        help_text=_("The first 12 digits are enough."),
    )


class ReceiptFileForm(forms.Form):
    """By the file itself. It is compared and not kept."""

    file = UploadField(label=_("Receipt as PDF"), kinds=(PDF,))
