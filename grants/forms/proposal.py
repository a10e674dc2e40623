"""Forms of the people who write a proposal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import UploadField
from grants.models import AnnexKind, Objective, Proposal, Strand
from parties.models import Organisation

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from grants.models import SectionTemplate


class BeginForm(forms.Form):
    """Begin a proposal."""

    organisation = forms.ModelChoiceField(
        label=_("Coordinator"),
        queryset=Organisation.objects.none(),
        help_text=_("The organisation you act for. It submits, signs and is paid first."),
        empty_label=None,
    )
    acronym = forms.CharField(
        label=_("Short name of the project"), max_length=40, help_text=_("For example AURORA-LOOM")
    )

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "organisation", organisations)


class DescribeForm(forms.Form):
    """General facts of a proposal. Each may stay empty until the submission."""

    acronym = forms.CharField(label=_("Short name of the project"), max_length=40)
    title = forms.CharField(label=_("Title"), max_length=200, required=False)
    strand = forms.ModelChoiceField(
        label=_("Strand"), queryset=Strand.objects.none(), required=False
    )
    objectives = forms.ModelMultipleChoiceField(
        label=_("Objectives"),
        queryset=Objective.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    duration_months = forms.IntegerField(
        label=_("Duration in months"), min_value=1, max_value=120, required=False
    )

    def __init__(self, *args: Any, proposal: Proposal, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "acronym": proposal.acronym,
            "title": proposal.title,
            "strand": proposal.strand_id,
            "objectives": list(proposal.objectives.values_list("pk", flat=True)),
            "duration_months": proposal.duration_months,
        }
        super().__init__(*args, **kwargs)
        _choices(self, "strand", proposal.call.strands.order_by("position"))
        _choices(self, "objectives", proposal.call.objectives.order_by("position"))


class SectionForm(forms.Form):
    """The text of one part. A text past the limit is kept, and stops the submission."""

    text = forms.CharField(widget=forms.Textarea(attrs={"rows": 18}), required=False, strip=False)
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, part: SectionTemplate, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = part.title
        self.fields["text"].help_text = part.guidance


class AnnexForm(forms.Form):
    """One file of a kind that the call asks for."""

    upload = forms.Field()

    def __init__(self, *args: Any, kind: AnnexKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["upload"] = UploadField(
            label=kind.title,
            help_text=kind.guidance,
            kinds=tuple(kind.media_types),
            max_bytes=kind.bytes_max,
        )


class InviteForm(forms.Form):
    """Invite a partner by mail."""

    name = forms.CharField(label=_("Name of the organisation"), max_length=200)
    email = forms.EmailField(
        label=_("Mail address of somebody who acts for it"),
        help_text=_("They get a link, sign in, and confirm their own share."),
    )


class AddPartnerForm(forms.Form):
    """Add an organisation that is registered here."""

    organisation = forms.ModelChoiceField(
        label=_("Registered cluster organisation"), queryset=Organisation.objects.none()
    )

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "organisation", organisations)


class JoinForm(forms.Form):
    """Say for which of one's organisations one takes part."""

    organisation = forms.ModelChoiceField(
        label=_("You take part for"), queryset=Organisation.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "organisation", organisations)


def _choices(form: forms.Form, name: str, rows: QuerySet[Any]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows
