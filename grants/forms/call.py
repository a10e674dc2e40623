"""Forms of those who set up calls and check proposals."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from core.documents import DOCX, JPEG, PDF, PNG, XLSX
from core.forms import AmountField, DayField, MomentField, ShareField
from core.models import Person
from grants.models import (
    AnnexKind,
    Call,
    CallRole,
    CostRate,
    Criterion,
    EligibilityDecision,
    Objective,
    Provenance,
    SectionTemplate,
    Strand,
    TieBreakKey,
)
from grants.queries import catalogue
from parties.rules.countries import COUNTRIES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from zoneinfo import ZoneInfo

FILE_KINDS = [(PDF, "PDF"), (DOCX, "DOCX"), (XLSX, "XLSX"), (PNG, "PNG"), (JPEG, "JPEG")]


class NewCallForm(forms.Form):
    """Begin a call from the rules of an earlier one."""

    slug = forms.ChoiceField(label=_("Begin with the rules of"))
    identifier = forms.CharField(label=_("Identifier of the new call"), max_length=60)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["slug"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(slug, row["identifier"]) for slug, row in catalogue.entries().items()]


class CallForm(forms.ModelForm[Call]):
    """The parameters of a draft call."""

    budget_cents = AmountField(label=_("Budget"), min_cents=1)
    grant_max_cents = AmountField(label=_("Highest grant"), min_cents=1)
    sme_max_cents = AmountField(label=_("Most that one SME may get"))
    cfs_threshold_cents = AmountField(label=_("Certificate on the statements from"))
    indirect_rate_bp = ShareField(label=_("Indirect costs"))
    prefinancing_rate_bp = ShareField(label=_("Prefinancing"))
    payment_ceiling_bp = ShareField(label=_("Paid before the balance, at most"))
    eligible_countries = forms.MultipleChoiceField(
        label=_("Eligible countries"),
        choices=sorted(COUNTRIES.items(), key=itemgetter(1)),
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Call
        fields = (
            "title",
            "summary",
            "programme",
            "authority",
            "portal_id",
            "opens_at",
            "deadline_at",
            "window_days_min",
            "budget_cents",
            "grant_max_cents",
            "projects_max",
            "reserve_max",
            "share_n",
            "share_d",
            "share_base",
            "indirect_rate_bp",
            "indirect_base_includes_d1",
            "sme_max_cents",
            "prefinancing_rate_bp",
            "payment_ceiling_bp",
            "cfs_threshold_cents",
            "partners_min",
            "countries_min",
            "clusters_only",
            "eligible_countries",
            "objectives_supporting_min",
            "objectives_focus_min",
            "duration_months_min",
            "duration_months_max",
            "experts_min",
            "score_total_min",
            "page_limit",
        )
        labels: ClassVar = {
            "share_n": _("Share to SMEs, numerator"),
            "share_d": _("Share to SMEs, denominator"),
            "indirect_base_includes_d1": _("Support to SMEs enters the base of the indirect costs"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zone = self.instance.zone_info
        self.fields["opens_at"] = MomentField(label=_("Opens"), zone=zone)
        self.fields["deadline_at"] = MomentField(label=_("Deadline"), zone=zone)


def _row_form(model_class: Any, names: tuple[str, ...], **own: Any) -> type[forms.ModelForm[Any]]:
    meta = type("Meta", (), {"model": model_class, "fields": names})
    return type(f"{model_class.__name__}Form", (forms.ModelForm,), {"Meta": meta, **own})


ROW_FORMS: Mapping[str, type[forms.ModelForm[Any]]] = {
    "criteria": _row_form(
        Criterion,
        ("code", "name", "description", "score_max", "score_step", "weight", "threshold"),
    ),
    "strands": _row_form(
        Strand,
        ("code", "name", "is_open", "quota_min", "budget_cents"),
        budget_cents=AmountField(label=_("Own budget, if any"), required=False, min_cents=1),
    ),
    "objectives": _row_form(Objective, ("code", "name", "role")),
    "tie_break_keys": _row_form(TieBreakKey, ("kind", "criterion")),
    "section_templates": _row_form(
        SectionTemplate,
        ("code", "part", "title", "guidance", "is_required", "characters_max", "words_max"),
    ),
    "annex_kinds": _row_form(
        AnnexKind,
        ("code", "title", "guidance", "is_required", "media_types", "bytes_max", "counts_pages"),
        media_types=forms.MultipleChoiceField(
            label=_("Kinds of file"), choices=FILE_KINDS, widget=forms.CheckboxSelectMultiple
        ),
    ),
    "cost_rates": _row_form(
        CostRate, ("category", "rate_bp"), rate_bp=ShareField(label=_("EU funding rate"))
    ),
    "provenances": _row_form(Provenance, ("parameter", "kind", "note")),
}


class CorrigendumForm(forms.Form):
    """What may still change after the publication. The deadline is typed in the call's own zone."""

    deadline_at = MomentField()
    summary = forms.CharField(label=_("What it is about"), widget=forms.Textarea, required=False)
    reason = forms.CharField(
        label=_("Why"),
        widget=forms.Textarea,
        help_text=_("Everybody who is writing a proposal gets this by mail."),
    )

    def __init__(self, *args: Any, zone: ZoneInfo, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["deadline_at"] = MomentField(
            label=_("Deadline"), help_text=_("It may be extended, never shortened."), zone=zone
        )


class OfficerForm(forms.Form):
    """Give somebody an office in the call."""

    person = forms.ModelChoiceField(
        label=_("Mail address"),
        queryset=Person.objects.filter(is_active=True, is_system=False),
        to_field_name="email",
        widget=forms.EmailInput,
        error_messages={
            "invalid_choice": _("Nobody here signs in with this address. Ask them to sign up.")
        },
    )
    role = forms.ChoiceField(label=_("Office"), choices=CallRole.Role.choices)
    start_date = DayField(label=_("From"))


class DecisionForm(forms.Form):
    """The first officer's verdict on a proposal."""

    verdict = forms.ChoiceField(
        label=_("Decision"),
        choices=EligibilityDecision.Verdict.choices,
        widget=forms.RadioSelect,
    )
    reasons = forms.MultipleChoiceField(
        label=_("Reasons for a refusal"),
        choices=EligibilityDecision.Reason.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    note = forms.CharField(
        label=_("What the letter says besides"), widget=forms.Textarea, required=False
    )


class ReturnForm(forms.Form):
    """The second officer sends a refusal back."""

    note = forms.CharField(label=_("What should be looked at again"), widget=forms.Textarea)
