"""What an SME fills in: the plan, the declarations, files, the acceptance of an award."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import AmountField, DayField
from vouchers.models import SmeService
from vouchers.models.choices import SchemeKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from parties.models import Organisation
    from vouchers.models import SmeCall


class OrganisationForm(forms.Form):
    """For which organisation the person applies."""

    organisation_id = forms.TypedChoiceField(label=_("Apply for"), coerce=str)

    def __init__(self, *args: Any, organisations: Iterable[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation_id"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(one.pk), one.legal_name) for one in organisations]


class PlanForm(forms.Form):
    """What the SME wants to do. Nothing is required until the application is sent."""

    service = forms.ModelChoiceField(
        label=_("Service"), queryset=SmeService.objects.none(), required=False, empty_label=None
    )
    title = forms.CharField(label=_("Title of your project"), max_length=160, required=False)
    plan = forms.CharField(
        label=_("What you want to do, and with whom"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    result = forms.CharField(
        label=_("What will be different afterwards"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    net_cost_cents = AmountField(
        label=_("Net cost of the service"),
        required=False,
        help_text=_("Without VAT, from the provider's offer"),
    )
    founded_on = DayField(label=_("Founded on"), required=False)

    def __init__(self, *args: Any, sme_call: SmeCall, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["service"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = sme_call.services.order_by("position")
        if sme_call.scheme != SchemeKind.COFUNDED:
            del self.fields["net_cost_cents"]
        if sme_call.age_months_min == 0:
            del self.fields["founded_on"]


class DeclarationForm(forms.Form):
    """The declarations of the applicant; each is a sentence that is signed by ticking it."""

    is_honest = forms.BooleanField(
        label=_("We are in none of the situations of exclusion, and all that we state is true."),
        required=False,
    )
    has_no_other_funding = forms.BooleanField(
        label=_("No other EU funding pays for the same activity. We report any later one at once."),
        required=False,
    )
    has_no_conflict = forms.BooleanField(
        label=_("We have no conflict of interest with a partner of the consortium."),
        required=False,
    )


class AcceptForm(forms.Form):
    """Accepting an award: other funding and aid are declared again."""

    has_no_other_funding = forms.BooleanField(
        label=_("Still no other EU funding pays for the same activity.")
    )
    has_all_aid = forms.BooleanField(
        label=_("The list of de minimis aid on this page is complete.")
    )

    def __init__(self, *args: Any, sme_call: SmeCall, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not sme_call.is_aid:
            del self.fields["has_all_aid"]
