"""Small forms of the evaluation: declarations, conflicts, choices of officers and panel."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grants.forms.evaluation_marks import ScoreField
from grants.models import Conflict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.models import Person
    from grants.models import Criterion, Proposal


class DeclarationForm(forms.Form):
    """Both declarations, for one proposal; unticked means not declared."""

    no_conflict = forms.BooleanField(
        label=gettext_lazy(
            "I have no conflict of interest with this proposal or with another one of this call"
        ),
        help_text=gettext_lazy(
            "No family, emotional, political or economic tie to anybody behind it; I did not help "
            "to write it; I do not work, and in the last three years did not work, for a partner."
        ),
    )
    confidentiality = forms.BooleanField(
        label=gettext_lazy("I keep the proposal and my report secret and retain no copy"),
    )


class ConflictForm(forms.Form):
    """What ties the expert to the proposal, in kind and in words."""

    relation = forms.ChoiceField(
        label=gettext_lazy("What is the conflict?"),
        choices=Conflict.Relation.choices,
        widget=forms.RadioSelect,
    )
    evidence = forms.CharField(
        label=gettext_lazy("In a sentence or two"),
        help_text=gettext_lazy("For example: I advised the coordinator until May 2020."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
    )


class FoundConflictForm(ConflictForm):
    """A conflict that an officer found: also of whom."""

    field_order = ("expert", "relation", "evidence")

    def __init__(self, *args: Any, experts: Sequence[Person], **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.people = {str(person.pk): person for person in experts}
        self.fields["expert"] = forms.ChoiceField(
            label=_("Expert"), choices=[(pk, str(who)) for pk, who in self.people.items()]
        )
        self.order_fields(self.field_order)

    def clean_expert(self) -> Person:
        """The person behind the choice."""
        return self.people[self.cleaned_data["expert"]]


class RapporteurForm(forms.Form):
    """Who drafts; the choices are the experts of the proposal."""

    def __init__(self, *args: Any, experts: Sequence[Person], **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["expert_id"] = forms.TypedChoiceField(
            label=_("Rapporteur"), choices=[(str(who.pk), str(who)) for who in experts]
        )


class PanelChangeForm(forms.Form):
    """A mark the panel changes: which, to what, why; the text may change with it."""

    def __init__(self, *args: Any, criteria: Sequence[Criterion], **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.by_pk = {str(criterion.pk): criterion for criterion in criteria}
        self.fields["criterion_id"] = forms.ChoiceField(
            label=_("Criterion"), choices=[(pk, c.name) for pk, c in self.by_pk.items()]
        )
        self.fields["score"] = forms.DecimalField(
            label=_("New mark"), max_digits=6, decimal_places=2, localize=True
        )
        self.fields["why"] = forms.CharField(
            label=_("Why"),
            help_text=_("Kept with the old and the new mark."),
            widget=forms.Textarea(attrs={"rows": 3}),
        )
        self.fields["comment"] = forms.CharField(
            label=_("New text for the applicant"),
            required=False,
            help_text=_("Leave empty to keep the text of the consensus."),
            widget=forms.Textarea(attrs={"rows": 4}),
        )

    def clean(self) -> dict[str, Any]:
        """The mark in the steps of the chosen criterion."""
        cleaned: dict[str, Any] = self.cleaned_data
        criterion, score = self.by_pk.get(cleaned.get("criterion_id", "")), cleaned.get("score")
        if criterion is not None and isinstance(score, Decimal):
            try:
                ScoreField(criterion).clean(str(score))
            except forms.ValidationError as error:
                self.add_error("score", error)
        return cleaned


class TieForm(forms.Form):
    """The order of the proposals of one open tie: a place for each, and why."""

    def __init__(self, *args: Any, tied: Sequence[Proposal], **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.tied = list(tied)
        places = [(str(n), str(n)) for n in range(1, len(self.tied) + 1)]
        for proposal in self.tied:
            self.fields[f"place-{proposal.pk}"] = forms.TypedChoiceField(
                label=f"{proposal.acronym}", choices=[("", "–"), *places], coerce=int
            )
        self.fields["reason"] = forms.CharField(
            label=_("Why the panel prefers this order"),
            widget=forms.Textarea(attrs={"rows": 4}),
            max_length=4000,
        )

    def clean(self) -> dict[str, Any]:
        """Each place once."""
        cleaned: dict[str, Any] = self.cleaned_data
        places = [cleaned.get(f"place-{proposal.pk}") for proposal in self.tied]
        if None not in places and len(set(places)) != len(places):
            self.add_error(None, _("Give each proposal a place of its own."))
        return cleaned
