"""Forms of a grant: preparation, exclusion check, people, money to a partner, settlement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import AmountField, DayField
from grants.models import GrantRole

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.models import Person
    from parties.models import Organisation


class PrepareForm(forms.Form):
    """When the action starts and how often it reports."""

    starts_on = DayField(label=_("First day of the action"), help_text=_("For example 1 Sep 2022"))
    report_months = forms.IntegerField(
        label=_("Months between reports"),
        help_text=_("The last report is the final one."),
        min_value=1,
        max_value=36,
        initial=12,
    )


class ExclusionForm(forms.Form):
    """Where the partners were looked up."""

    source = forms.CharField(
        label=_("Where and when it was looked up"),
        help_text=_("For example: exclusion system, list of 4 April 2022, no partner found"),
        max_length=200,
    )


class AppointForm(forms.Form):
    """A role in the grant for a member of the partner."""

    person_id = forms.ChoiceField(label=_("Person"))
    role = forms.ChoiceField(label=_("Role"), choices=GrantRole.Role.choices)

    def __init__(self, *args: Any, people: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(person.pk), str(person)) for person in people]
        self.fields["person_id"].choices = choices  # type: ignore[attr-defined]  # a choice field


class PartnerPaymentForm(forms.Form):
    """Money passed on to a partner."""

    partner_id = forms.ChoiceField(label=_("Partner"))
    amount_cents = AmountField(label=_("Amount"), min_cents=1)

    def __init__(self, *args: Any, partners: Iterable[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(partner.pk), partner.legal_name) for partner in partners]
        self.fields["partner_id"].choices = choices  # type: ignore[attr-defined]  # a choice field


class SettleForm(forms.Form):
    """The final settlement; a reduction is rare and has its reason."""

    reduction_cents = AmountField(
        label=_("Reduction of the highest grant"),
        help_text=_("Leave empty unless a breach of the agreement lowers the grant."),
        required=False,
    )
    reason = forms.CharField(
        label=_("Reason of the reduction"), required=False, widget=forms.Textarea
    )

    def clean_reduction_cents(self) -> int:
        """No reduction is zero."""
        return self.cleaned_data["reduction_cents"] or 0
