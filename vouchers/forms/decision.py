"""What fund managers and evaluators fill in about an application."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import DayField
from core.models import Person
from vouchers.models.choices import RefusalGround, SizeClass

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal
    from uuid import UUID

    from vouchers.models import SmeCriterion


class EligibleForm(forms.Form):
    """The look-up behind a finding of eligibility."""

    checked_on = DayField(
        label=_("Looked up in the exclusion and sanction lists on"),
        help_text=_("EDES and the EU's list of restrictive measures"),
    )


class RefusalForm(forms.Form):
    """A refusal that a second person has to confirm."""

    ground = forms.ChoiceField(label=_("Ground"), choices=RefusalGround.choices)
    reason = forms.CharField(
        label=_("Reason, as the applicant will read it"), widget=forms.Textarea(attrs={"rows": 4})
    )


class SettleForm(forms.Form):
    """The size that counts where the declared and the computed one differ."""

    settled_as = forms.ChoiceField(label=_("The size that counts"), choices=SizeClass.choices)
    note = forms.CharField(label=_("What settles it"), widget=forms.Textarea(attrs={"rows": 3}))


class AskForm(forms.Form):
    """Whom to ask for a report."""

    evaluator = forms.EmailField(label=_("E-mail address of the evaluator"))

    def clean_evaluator(self) -> Person:
        """Somebody with an account here."""
        typed = self.cleaned_data["evaluator"]
        person = Person.objects.filter(email__iexact=typed, is_active=True, is_system=False).first()
        if person is None:
            raise forms.ValidationError(
                _("Nobody here has the address “%(typed)s”. Ask the person to sign up first.")
                % {"typed": typed}
            )
        return person


class MinutesForm(forms.Form):
    """The minutes of a selection."""

    minutes = forms.CharField(
        label=_("Minutes: who decided, when, on what grounds"),
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class DeclineForm(forms.Form):
    """Why an evaluator declines."""

    reason = forms.CharField(label=_("Why you decline"), max_length=300)


def _hint(criterion: SmeCriterion) -> str:
    """What is judged, on which scale."""
    scale = _("From 0 to %(most)s in steps of %(step)s.") % {
        "most": f"{criterion.score_max.normalize():f}",
        "step": f"{criterion.score_step.normalize():f}",
    }
    return f"{criterion.description} {scale}".strip()


class ReviewForm(forms.Form):
    """One mark for each criterion, a comment, and the declaration of no conflict."""

    has_no_conflict = forms.BooleanField(
        label=_("I have no conflict of interest with this applicant."), required=False
    )

    def __init__(self, *args: Any, criteria: Sequence[SmeCriterion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        for criterion in criteria:
            self.fields[f"mark_{criterion.position}"] = forms.DecimalField(
                label=criterion.name,
                min_value=0,
                max_value=criterion.score_max,
                help_text=_hint(criterion),
                widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "tr-w-date"}),
            )
        self.fields["comment"] = forms.CharField(
            label=_("What speaks for and against it"), widget=forms.Textarea(attrs={"rows": 6})
        )

    def clean(self) -> dict[str, Any]:
        """Marks by criterion, as the action takes them."""
        values: dict[str, Any] = super().clean() or {}
        marks: dict[UUID, Decimal] = {}
        for criterion in self.criteria:
            mark = values.pop(f"mark_{criterion.position}", None)
            if mark is not None:
                marks[criterion.pk] = mark
        return values | {"marks": marks}
