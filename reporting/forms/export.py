"""Ask for a report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from reporting.reports.access import Offer

XLSX, CSV = ("xlsx", _("Workbook (XLSX)")), ("csv", _("Table (CSV)"))


class ExportForm(forms.Form):
    """Of which grant or call, and in which form; sent twice, it is one job (``nonce``)."""

    report = forms.CharField(widget=forms.HiddenInput)
    nonce = forms.UUIDField(widget=forms.HiddenInput)
    subject = forms.ChoiceField()
    kind = forms.ChoiceField(label=_("File"), choices=[XLSX, CSV], widget=forms.RadioSelect)

    def __init__(self, data: Any = None, *, offer: Offer, subject: str = "") -> None:
        """``subject``: the key to choose at first."""
        report = offer.report
        first = {"report": report.slug, "nonce": uuid4(), "subject": subject, "kind": "xlsx"}
        super().__init__(data, initial=first, auto_id=f"{report.slug}-%s")
        of_grant = report.of == "grant"
        field = self.fields["subject"]
        assert isinstance(field, forms.ChoiceField)
        field.label, field.choices = _("Grant") if of_grant else _("Call"), list(offer.choices)
        if not report.has_csv:
            self.fields["kind"].widget = forms.HiddenInput()
