"""Marks with their reasons, one pair of fields per criterion; drafts may be incomplete."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grants.queries.marks import Scored, plain, scale_of, step_sentence
from grants.queries.wording import WORDINGS, scale_line, wording
from grants.rules.scoring import is_in_step, steps

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from uuid import UUID

    from django.forms.boundfield import BoundField

    from grants.models import Criterion

STEPS_SHOWN_MAX = 21


class ScoreField(forms.Field):
    """A mark in the steps of its criterion; empty is allowed, anything between two steps is not."""

    def __init__(self, criterion: Criterion, **kw: Any) -> None:
        self.criterion = criterion
        self.choices = [(plain(step), plain(step)) for step in steps(scale_of(criterion))]
        few = len(self.choices) <= STEPS_SHOWN_MAX
        widget = forms.RadioSelect(choices=self.choices) if few else forms.TextInput
        super().__init__(required=False, label=criterion.name, widget=widget, **kw)

    @property
    def is_scale(self) -> bool:
        """Whether every step has its own button."""
        return isinstance(self.widget, forms.RadioSelect)

    def to_python(self, value: Any) -> Decimal | None:
        """The mark as a decimal, comma or point; None where nothing was chosen."""
        if value in self.empty_values:
            return None
        try:
            score = Decimal(str(value).strip().replace(",", "."))
        except InvalidOperation as error:
            words = _("“%(typed)s” is not a number. Enter for example 3.5.")
            raise forms.ValidationError(words % {"typed": value}) from error
        if not score.is_finite() or not is_in_step(score, scale_of(self.criterion)):
            raise forms.ValidationError(step_sentence(self.criterion, score))
        return score

    def prepare_value(self, value: Any) -> Any:
        return plain(value) if isinstance(value, Decimal) else value

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        if isinstance(widget, forms.RadioSelect):
            return {}
        return {"inputmode": "decimal", "autocomplete": "off", "class": "govuk-input--width-5"}


@dataclass(frozen=True, slots=True)
class Pair:
    """The two fields of one criterion, with what its scale looks like."""

    criterion: Criterion
    score: BoundField
    comment: BoundField

    @property
    def is_scale(self) -> bool:
        field = self.score.field
        return isinstance(field, ScoreField) and field.is_scale

    @property
    def is_done(self) -> bool:
        """Whether there is a mark and a comment, as far as it was typed."""
        return bool(
            self.score.value() not in {None, ""} and str(self.comment.value() or "").strip()
        )

    @property
    def shown(self) -> str:
        """The mark as typed, without idle zeros."""
        value = self.score.value()
        return plain(value) if isinstance(value, Decimal) else str(value or "")

    @property
    def words(self) -> str:
        """The wording of the chosen step."""
        try:
            score = Decimal(self.shown)
        except InvalidOperation:
            return ""
        return wording(self.criterion, score)

    @property
    def scale_line(self) -> str:
        """The scale in a line."""
        return scale_line(self.criterion)

    @property
    def scale_words(self) -> list[tuple[str, str]]:
        """What each whole step of the scale means."""
        unit = self.criterion.score_max / (len(WORDINGS) - 1)
        return [(plain(unit * step), str(words)) for step, words in enumerate(WORDINGS)]


class CommentField(forms.CharField):
    """A reason that is needed in the end, but not yet in a draft."""

    def validate(self, value: Any) -> None:
        """Nothing: an empty comment is kept as it is."""


class MarksForm(forms.Form):
    """Marks and comments for all criteria of a call."""

    use_required_attribute = False

    def __init__(
        self,
        *args: Any,
        criteria: Iterable[Criterion],
        marks: Mapping[UUID, Scored] | None = None,
        **kw: Any,
    ) -> None:
        super().__init__(*args, **kw)
        self.criteria = list(criteria)
        given = marks or {}
        for criterion in self.criteria:
            mark = given.get(criterion.pk, Scored())
            self.fields[f"score-{criterion.code}"] = ScoreField(criterion, initial=mark.score)
            self.fields[f"comment-{criterion.code}"] = CommentField(
                strip=False,
                label=_("Why this mark for %(criterion)s") % {"criterion": criterion.name},
                widget=forms.Textarea,
                initial=mark.comment,
            )

    @cached_property
    def pairs(self) -> list[Pair]:
        """The fields by criterion, in the call's order."""
        return [
            Pair(criterion, self[f"score-{criterion.code}"], self[f"comment-{criterion.code}"])
            for criterion in self.criteria
        ]

    @property
    def marks(self) -> dict[UUID, Scored]:
        """What was typed and could be read, by criterion."""
        return {
            criterion.pk: Scored(
                self.cleaned_data[f"score-{criterion.code}"],
                self.cleaned_data[f"comment-{criterion.code}"].replace("\r\n", "\n"),
            )
            for criterion in self.criteria
            if f"score-{criterion.code}" in self.cleaned_data
        }


class ReportForm(MarksForm):
    """An expert's report: marks, and flags for the officer."""

    flag_names = ("is_out_of_scope", "has_ethics_issue", "has_security_issue")

    is_out_of_scope = forms.BooleanField(required=False, label=gettext_lazy("Out of scope"))
    has_ethics_issue = forms.BooleanField(required=False, label=gettext_lazy("Ethics"))
    has_security_issue = forms.BooleanField(required=False, label=gettext_lazy("Security"))

    @property
    def flag_fields(self) -> list[BoundField]:
        """The flags as they are drawn."""
        return [
            self[name] for name in ("is_out_of_scope", "has_ethics_issue", "has_security_issue")
        ]

    @property
    def flags(self) -> dict[str, bool]:
        """What the officer should look at."""
        return {name: self.cleaned_data[name] for name in self.flag_names}


class DraftForm(MarksForm):
    """The rapporteur's draft: the group's marks with the texts that the applicant will read."""

    summary = forms.CharField(
        required=False,
        strip=False,
        label=gettext_lazy("Overall comment"),
        help_text=gettext_lazy("The applicant reads it after the criteria."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
