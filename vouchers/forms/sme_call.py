"""Setting up an SME call: its terms, and its lists one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.forms import formset_factory
from django.utils.translation import gettext_lazy as _

from core.forms import AmountField, MomentField, ShareField
from ledger.api import AID_CEILING_CENTS, AID_YEARS
from parties.rules.countries import COUNTRIES
from vouchers.models.choices import (
    AidRegime,
    Distance,
    EvidenceStage,
    LineOrder,
    PaymentRoute,
    SchemeKind,
    ServiceKind,
)


class TermsForm(forms.Form):
    """What the call offers, to whom, when and how it is paid."""

    title = forms.CharField(label=_("Title"), max_length=200)
    summary = forms.CharField(label=_("In two sentences"), required=False, widget=forms.Textarea)
    conditions = forms.CharField(
        label=_("Who may apply, and on what conditions"), required=False, widget=forms.Textarea
    )
    portal_id = forms.CharField(
        label=_("Number on the Funding & Tenders Portal"),
        required=False,
        max_length=60,
        help_text=_("For example 14063COMPETITIVE_CALLen"),
    )
    scheme = forms.ChoiceField(label=_("What the SME gets"), choices=SchemeKind.choices)
    order = forms.ChoiceField(label=_("Who comes first"), choices=LineOrder.choices)
    budget_cents = AmountField(label=_("Budget"), min_cents=1)
    rate_bp = ShareField(label=_("Share of the net cost that the voucher pays"), initial=10_000)
    own_share_bp = ShareField(label=_("Share that the SME bears itself"), initial=0)
    vat_payable = forms.BooleanField(label=_("VAT is paid too"), required=False)
    route = forms.ChoiceField(label=_("Who is paid"), choices=PaymentRoute.choices)
    regime = forms.ChoiceField(label=_("State aid"), choices=AidRegime.choices)
    aid_ceiling_cents = AmountField(
        label=_("De minimis: ceiling"),
        required=False,
        min_cents=1,
        help_text=_("EUR 300,000 if left empty (Regulation (EU) 2023/2831, Article 3(2))"),
    )
    aid_years = forms.IntegerField(
        label=_("De minimis: over any so many years"),
        required=False,
        min_value=1,
        help_text=_("3 if left empty"),
    )
    aid_country = forms.ChoiceField(
        label=_("De minimis: Member State that grants it"),
        required=False,
        choices=[("", _("That of the partner that runs the call")), *COUNTRIES.items()],
    )
    opens_at = MomentField(label=_("Opens"))
    closes_at = MomentField(label=_("Closes"))
    derogation = forms.CharField(
        label=_("Why the call is open for less than 60 days, if it is"),
        required=False,
        widget=forms.Textarea,
    )
    service_max = forms.IntegerField(
        label=_("Services per SME, at most"), min_value=0, help_text=_("0 means no maximum")
    )
    validity_months = forms.IntegerField(label=_("A voucher is valid for, in months"), min_value=1)
    accept_days = forms.IntegerField(label=_("Days to accept an award"), min_value=1)
    answer_days = forms.IntegerField(label=_("Working days for an answer"), min_value=1)
    invoice_days = forms.IntegerField(
        label=_("Days after the end in which invoices may be dated"), min_value=0
    )
    check_days = forms.IntegerField(
        label=_("A look-up in the exclusion and sanction lists counts for, in days"), min_value=1
    )
    age_months_min = forms.IntegerField(
        label=_("The enterprise exists for at least, in months"), min_value=0
    )
    catalogue_only = forms.BooleanField(label=_("Only providers of our catalogue"), required=False)
    clusters_excluded = forms.BooleanField(
        label=_("Cluster organisations may not apply"), required=False
    )
    distance = forms.ChoiceField(label=_("Evaluators come"), choices=Distance.choices)
    score_min = forms.DecimalField(label=_("Threshold of the total"), min_value=0)
    score_delta = forms.DecimalField(
        label=_("A third evaluator is asked when two differ by more than"), min_value=0
    )

    def clean(self) -> dict[str, Any]:
        """The call closes after it opens; what is left empty of the regime is the regulation's."""
        values: dict[str, Any] = super().clean() or {}
        values["aid_ceiling_cents"] = values.get("aid_ceiling_cents") or AID_CEILING_CENTS
        values["aid_years"] = values.get("aid_years") or AID_YEARS
        opens, closes = values.get("opens_at"), values.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", _("Choose a moment after the opening."))
        return values


class ServiceForm(forms.Form):
    """One thing that the call pays for."""

    kind = forms.ChoiceField(label=_("Kind"), choices=ServiceKind.choices)
    title = forms.CharField(label=_("Service"), max_length=160)
    activities = forms.CharField(
        label=_("Activities that may be paid"), widget=forms.Textarea(attrs={"rows": 2})
    )
    amount_cents = AmountField(label=_("Amount, or the most that is paid"), min_cents=1)
    counts = forms.BooleanField(
        label=_("Counts towards the services per SME"), required=False, initial=True
    )


class CriterionForm(forms.Form):
    """One award criterion."""

    name = forms.CharField(label=_("Criterion"), max_length=120)
    description = forms.CharField(
        label=_("What is judged"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    score_max = forms.DecimalField(label=_("Highest mark"), min_value=1)
    score_step = forms.DecimalField(label=_("Step"), min_value=0, initial=1)
    threshold = forms.DecimalField(label=_("Threshold"), min_value=0, initial=0)
    tie_rank = forms.IntegerField(
        label=_("Place in the tie-break list"), required=False, min_value=1
    )


class EvidenceForm(forms.Form):
    """One piece of evidence."""

    stage = forms.ChoiceField(label=_("When"), choices=EvidenceStage.choices)
    title = forms.CharField(label=_("Evidence"), max_length=160)
    hint = forms.CharField(label=_("Hint"), required=False, max_length=300)
    is_required = forms.BooleanField(label=_("Required"), required=False, initial=True)


class CountryForm(forms.Form):
    """The most SMEs of one country."""

    country = forms.ChoiceField(label=_("Country"), choices=sorted(COUNTRIES.items()))
    places = forms.IntegerField(label=_("SMEs, at most"), min_value=0)


class InstalmentForm(forms.Form):
    """One part of a voucher and what it waits for."""

    share_bp = ShareField(label=_("Share"))
    trigger = forms.CharField(label=_("Paid when"), max_length=200)


if TYPE_CHECKING:
    PartRows = forms.BaseFormSet[forms.Form]
else:
    PartRows = forms.BaseFormSet


class PartFormSet(PartRows):
    """Rows of one list; a row that is left empty is no row, a ticked one goes."""

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        """The box that takes a row off says so."""
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("Take this row off the list")

    def rows(self) -> list[dict[str, Any]]:
        """What was filled in and not ticked away."""
        found = []
        for form in self.forms:
            values = dict(form.cleaned_data)
            if values and not values.pop("DELETE", False):
                found.append(values)
        return found


FORMS: dict[str, type[forms.Form]] = {
    "services": ServiceForm,
    "criteria": CriterionForm,
    "evidence_items": EvidenceForm,
    "country_maxima": CountryForm,
    "instalments": InstalmentForm,
}


def part_formset(part: str) -> type[PartFormSet]:
    """The rows of one list of an SME call, with two empty ones to add."""
    made = formset_factory(FORMS[part], formset=PartFormSet, extra=2, can_delete=True)
    return cast("type[PartFormSet]", made)
