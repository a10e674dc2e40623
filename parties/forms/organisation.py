"""Forms of organisations: each field's refusal stands at the field, and nothing typed is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError
from core.forms import DayField, ShareField
from parties.actions import identifier
from parties.models import Membership, Organisation, OrganisationLink
from parties.rules.countries import COUNTRIES

if TYPE_CHECKING:
    from collections.abc import Callable


class OrganisationForm(forms.Form):
    """Everything that is written down about an organisation."""

    legal_name = forms.CharField(label=_("Legal name"), max_length=200)
    short_name = forms.CharField(
        label=_("Short name"), max_length=40, help_text=_("As it should stand in lists.")
    )
    kind = forms.ChoiceField(
        label=_("Kind"), choices=Organisation.Kind.choices, widget=forms.RadioSelect
    )
    legal_form = forms.CharField(
        label=_("Legal form"), max_length=80, help_text=_("For example: association, GmbH, SRL.")
    )
    country = forms.ChoiceField(label=_("Country"), choices=[("", ""), *COUNTRIES.items()])
    nuts = forms.CharField(
        label=_("NUTS region"),
        max_length=10,
        required=False,
        help_text=_("The statistical region, for example BE10 or DE212. Leave it empty if unsure."),
    )
    vat_number = forms.CharField(
        label=_("VAT number"),
        max_length=40,
        required=False,
        help_text=_("With the two letters of the country. Leave it empty if you have none."),
    )
    registration_number = forms.CharField(
        label=_("Registration number"),
        max_length=60,
        required=False,
        help_text=_("In the national register of companies or associations."),
    )
    nace = forms.CharField(
        label=_("Main activity (NACE)"),
        max_length=10,
        required=False,
        help_text=_("The class with its dot, for example 62.01."),
    )
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")
    street = forms.CharField(label=_("Street and number"), max_length=140)
    postcode = forms.CharField(label=_("Postcode"), max_length=16)
    town = forms.CharField(label=_("Town"), max_length=80)

    def clean(self) -> dict[str, Any]:
        """Check every number against the country; all refusals are shown together."""
        cleaned = self.cleaned_data
        country = cleaned.get("country", "")
        if country:
            self._read("vat_number", identifier.vat_number, country=country)
            self._read("registration_number", identifier.registration_number, country=country)
            self._read("nuts", identifier.nuts, country=country)
        self._read("nace", identifier.nace)
        return cleaned

    def _read(self, field: str, read: Callable[..., str], **facts: str) -> None:
        try:
            self.cleaned_data[field] = read(self.cleaned_data.get(field, ""), **facts)
        except DomainError as refusal:
            self.add_error(field, str(refusal))


class InviteMemberForm(forms.Form):
    """Whom to invite, and to which function."""

    email = forms.EmailField(
        label=_("Email"), widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    function = forms.ChoiceField(
        label=_("Function"),
        choices=Membership.Function.choices,
        widget=forms.RadioSelect,
        help_text=_(
            "Representatives and legal signatories act for the organisation in everything. "
            "Financial signatories handle bank accounts and cost statements. Members may look."
        ),
    )


class LinkForm(forms.Form):
    """A tie with another organisation, which is named by its number: there is no list of all."""

    number = forms.CharField(
        label=_("VAT or registration number of the other organisation"), max_length=60
    )
    direction = forms.ChoiceField(
        label=_("Who holds the share"),
        choices=[
            ("up", _("The other organisation holds a share of ours")),
            ("down", _("Ours holds a share of the other organisation")),
        ],
        widget=forms.RadioSelect,
    )
    share_bp = ShareField(
        label=_("Share of capital or votes, whichever is higher"),
        help_text=_("0 if the tie is another one, for example the same founders."),
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=OrganisationLink.Kind.choices,
        widget=forms.RadioSelect,
        help_text=_(
            "Linked: more than 50 %, or control by other means. Partner: from 25 % to 50 %. "
            "Affiliated: a legal tie without such a share."
        ),
    )
    start_date = DayField(label=_("Since"))
