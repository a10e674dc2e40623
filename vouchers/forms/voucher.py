"""What is filled in about a voucher and its provider."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import AmountField, DayField, UploadField, VatField
from parties.models import Organisation
from vouchers.models.choices import ServiceKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vouchers.models import Provider


class ProviderChoiceForm(forms.Form):
    """Whom the SME hires: from the catalogue, or another one where the call lets it."""

    listed = forms.ChoiceField(label=_("Provider of the catalogue"), required=False)
    vat_number = VatField(
        label=_("Or another provider: its VAT number"),
        required=False,
        help_text=_("It has to be registered here"),
    )
    services = forms.CharField(label=_("What it will deliver"), max_length=300)
    net_cents = AmountField(label=_("Net price of the offer"), min_cents=1)
    offer = UploadField(label=_("Offer"), help_text=_("PDF, PNG or JPEG, up to 10 MB"))

    def __init__(
        self, *args: Any, providers: Iterable[Provider], catalogue_only: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        listed = self.fields["listed"]
        assert isinstance(listed, forms.ChoiceField)
        choices = [(str(one.organisation_id), one.organisation.legal_name) for one in providers]
        listed.choices = [("", _("Choose a provider")), *choices]
        if catalogue_only:
            del self.fields["vat_number"]

    def clean(self) -> dict[str, Any]:
        """The organisation, as the action takes it."""
        values: dict[str, Any] = super().clean() or {}
        chosen, vat_number = values.pop("listed", ""), values.pop("vat_number", "")
        found = Organisation.objects.none()
        if chosen:
            found = Organisation.objects.filter(pk=chosen)
        elif vat_number:
            found = Organisation.objects.filter(vat_number=vat_number)
        organisation = found.first()
        if organisation is None and vat_number:
            words = _("No organisation with the VAT number %(typed)s is registered here.")
            self.add_error("vat_number", words % {"typed": vat_number})
        elif organisation is None:
            self.add_error("listed", _("Choose a provider."))
        return values | {"organisation": organisation}


class StartForm(forms.Form):
    """The day of the service contract."""

    contract_on = DayField(
        label=_("The contract was signed on"),
        help_text=_("Work before this day cannot be paid"),
    )


class ExtensionForm(forms.Form):
    """A later last day, for a second person to grant."""

    new_day = DayField(label=_("New last day"))
    reason = forms.CharField(label=_("Why"), widget=forms.Textarea(attrs={"rows": 3}))


class NumberForm(forms.Form):
    """The number on a voucher."""

    number = forms.CharField(
        label=_("Number on the voucher"),
        max_length=80,
        help_text=_("The last letter guards against typing errors"),
        widget=forms.TextInput(attrs={"class": "tr-mono govuk-input--width-20"}),
    )


class CatalogueForm(forms.Form):
    """A provider for the catalogue of a grant."""

    vat_number = VatField(
        label=_("VAT number of the provider"), help_text=_("It has to be registered here")
    )
    services = forms.CharField(label=_("What it offers"), max_length=300)
    kinds = forms.MultipleChoiceField(
        label=_("For which services"),
        choices=ServiceKind.choices,
        widget=forms.CheckboxSelectMultiple,
    )

    def clean(self) -> dict[str, Any]:
        """The organisation, as the action takes it."""
        values: dict[str, Any] = super().clean() or {}
        vat_number = values.pop("vat_number", "")
        organisation = Organisation.objects.filter(vat_number=vat_number or None).first()
        if vat_number and organisation is None:
            words = _("No organisation with the VAT number %(typed)s is registered here.")
            self.add_error("vat_number", words % {"typed": vat_number})
        return values | {"organisation": organisation}
