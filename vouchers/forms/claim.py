"""What is filled in about a claim: by the SME, by who checks it, by who certifies it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import AmountField, DayField
from vouchers.actions.claim import Line
from vouchers.forms.evidence import EvidenceForm
from vouchers.queries.claim import needs_invoice, wanted

if TYPE_CHECKING:
    from uuid import UUID

    from vouchers.models import Claim, ClaimLine

BLANK_LINES, LINES_MAX = 2, 12
INVOICE = ("delivered", "delivered_on", "invoice_number", "invoice_date")  # then the lines


class ClaimForm(EvidenceForm):
    """The SME's side; lines are pairs of a text and a net amount, two empty ones at the end."""

    delivered = forms.CharField(
        label=_("What was delivered"), required=False, widget=forms.Textarea, max_length=4000
    )
    delivered_on = DayField(label=_("Delivered on"), required=False)
    invoice_number = forms.CharField(label=_("Invoice number"), required=False, max_length=60)
    invoice_date = DayField(label=_("Invoice date"), required=False)
    vat_cents = AmountField(
        label=_("Value added tax, EUR"),
        required=False,
        help_text=_("For the record: support is paid on the net price"),
    )
    is_final = forms.BooleanField(label=_("This is the last claim"), required=False)
    has_no_other_funding = forms.BooleanField(
        label=_("No other EU money pays for this work"), required=False
    )
    is_visible = forms.BooleanField(
        label=_("The EU’s support was made visible as the agreement asks"), required=False
    )

    def __init__(self, *args: Any, claim: Claim, **kwargs: Any) -> None:
        super().__init__(*args, items=wanted(claim), **kwargs)
        self.lines_before = list(claim.lines.order_by("position"))
        for number in range(1, min(len(self.lines_before) + BLANK_LINES, LINES_MAX) + 1):
            self._add_line(number)
        if not needs_invoice(claim.voucher):
            del self.fields["invoice_number"], self.fields["invoice_date"]
        lines = [name for name in self.fields if name.startswith(("text_", "net_"))]
        self.order_fields([*INVOICE, *lines])

    def _add_line(self, number: int) -> None:
        before = self.lines_before[number - 1] if number <= len(self.lines_before) else None
        self.fields[f"text_{number}"] = forms.CharField(
            label=_("Line %(number)s") % {"number": number},
            required=False,
            max_length=300,
            initial=before.text if before else "",
        )
        self.fields[f"net_{number}"] = AmountField(
            label=_("Net price of line %(number)s, EUR") % {"number": number},
            required=False,
            initial=before.net_cents if before else None,
        )

    def line_pairs(self) -> list[tuple[Any, Any]]:
        """Bound fields of each line, for the page."""
        numbers = [name[5:] for name in self.fields if name.startswith("text_")]
        return [(self[f"text_{number}"], self[f"net_{number}"]) for number in numbers]

    def clean(self) -> dict[str, Any]:
        """The fields as the action takes them: lines as a list, blanks left out."""
        values = super().clean()
        lines: list[Line] = []
        for number in range(1, LINES_MAX + 1):
            text, net = values.pop(f"text_{number}", ""), values.pop(f"net_{number}", None)
            if f"net_{number}" in self.errors or f"text_{number}" in self.errors:
                continue
            if text and not net:
                self.add_error(f"net_{number}", _("Enter the net price of this line."))
            elif net and not text:
                self.add_error(f"text_{number}", _("Say what this amount is for."))
            elif text:
                lines.append(Line(text, net))
        values.setdefault("invoice_number", "")
        values.setdefault("invoice_date", None)
        values["vat_cents"] = values.get("vat_cents") or 0
        return values | {"lines": lines}


class LinesForm(forms.Form):
    """What is accepted of each line, and why where it is less."""

    def __init__(self, *args: Any, claim: Claim, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.claim_lines: list[ClaimLine] = list(claim.lines.order_by("position"))
        for line in self.claim_lines:
            before = line.net_cents if line.accepted_cents is None else line.accepted_cents
            self.fields[f"accepted_{line.pk}"] = AmountField(
                label=_("Accepted of “%(line)s”, EUR") % {"line": line},
                initial=before,
                max_cents=line.net_cents,
            )
            self.fields[f"reason_{line.pk}"] = forms.CharField(
                label=_("Why less of “%(line)s”") % {"line": line},
                required=False,
                max_length=300,
                initial=line.reason,
            )

    def rows(self) -> list[tuple[ClaimLine, Any, Any]]:
        """Line with its two bound fields."""
        return [
            (line, self[f"accepted_{line.pk}"], self[f"reason_{line.pk}"])
            for line in self.claim_lines
        ]

    def clean(self) -> dict[str, Any]:
        """Amounts and reasons by line."""
        values: dict[str, Any] = super().clean() or {}
        accepted: dict[UUID, int] = {}
        reasons: dict[UUID, str] = {}
        for line in self.claim_lines:
            cents = values.get(f"accepted_{line.pk}")
            reason = values.get(f"reason_{line.pk}", "")
            if cents is None:
                continue
            if cents < line.net_cents and not reason.strip():
                self.add_error(f"reason_{line.pk}", _("Write why less is accepted."))
            accepted[line.pk], reasons[line.pk] = cents, reason
        return {"accepted_cents": accepted, "reasons": reasons}


class ScreenForm(forms.Form):
    """When the lists and the VAT number were looked up."""

    screened_on = DayField(label=_("Sanctions and exclusion lists looked up on"))
    vat_seen_on = DayField(label=_("VAT number looked up on"), required=False)


class RecoveryForm(forms.Form):
    """How much is owed back, and why."""

    amount_cents = AmountField(label=_("Amount to recover"), min_cents=1)
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea, max_length=2000)
