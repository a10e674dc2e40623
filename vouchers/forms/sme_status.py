"""The SME declaration: own figures, ties, earlier years; and the class that follows at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.forms import formset_factory
from django.utils.translation import gettext_lazy as _

from core.forms import AmountField, ShareField
from vouchers.models.choices import InvestorKind, SizeClass, TieDirection
from vouchers.rules.sme_declaration import Declaration, DeclaredTie, YearFigures

if TYPE_CHECKING:
    from vouchers.models import SmeStatus

YEAR_MIN, YEAR_MAX = 1990, 2100
TIE_FIELDS = (
    "name",
    "direction",
    "capital_bp",
    "votes_bp",
    "controls",
    "investor",
    "is_public",
    "acts_with",
    "invested_cents",
    "budget_cents",
    "inhabitants",
    "headcount",
    "turnover_cents",
    "balance_cents",
)


class FiguresForm(forms.Form):
    """Figures of one accounting period."""

    year = forms.IntegerField(label=_("Accounting year"), min_value=YEAR_MIN, max_value=YEAR_MAX)
    headcount = forms.DecimalField(
        label=_("Staff in annual work units"),
        min_value=0,
        decimal_places=2,
        help_text=_("Part-time counts as a fraction; owners who work count too"),
    )
    turnover_cents = AmountField(label=_("Turnover, without VAT"))
    balance_cents = AmountField(label=_("Balance sheet total"))

    def figures(self) -> YearFigures:
        """For the rules."""
        values = self.cleaned_data
        return YearFigures(
            values["year"], values["headcount"], values["turnover_cents"], values["balance_cents"]
        )


class StatusForm(FiguresForm):
    """The last approved accounts, what changed, and what the SME declares."""

    is_estimate = forms.BooleanField(
        label=_("We are new: this is an estimate in good faith"), required=False
    )
    by_acquisition = forms.BooleanField(
        label=_("A merger or acquisition changed our size this year"), required=False
    )
    declared = forms.ChoiceField(
        label=_("We declare to be"), choices=SizeClass.choices, widget=forms.RadioSelect
    )


class TieForm(forms.Form):
    """One enterprise or holder with a part of ours, or of which we hold a part."""

    name = forms.CharField(label=_("Name"), max_length=200)
    direction = forms.ChoiceField(label=_("Who holds whom"), choices=TieDirection.choices)
    capital_bp = ShareField(label=_("Share of the capital"), initial=0)
    votes_bp = ShareField(label=_("Share of the votes"), initial=0)
    controls = forms.BooleanField(
        label=_("It controls us, or we it, in another way"),
        required=False,
        help_text=_("Board majority, contract, statute, or the same people in the same market"),
    )
    investor = forms.ChoiceField(label=_("What it is"), choices=InvestorKind.choices)
    is_public = forms.BooleanField(label=_("It is a public body"), required=False)
    acts_with = forms.CharField(
        label=_("Linked with other holders: one word for all of them"),
        required=False,
        max_length=40,
    )
    headcount = forms.DecimalField(label=_("Its staff"), min_value=0, decimal_places=2, initial=0)
    turnover_cents = AmountField(label=_("Its turnover"), initial=0)
    balance_cents = AmountField(label=_("Its balance sheet total"), initial=0)
    invested_cents = AmountField(
        label=_("Business angels: invested in us"), initial=0, required=False
    )
    budget_cents = AmountField(label=_("Local authority: yearly budget"), initial=0, required=False)
    inhabitants = forms.IntegerField(
        label=_("Local authority: inhabitants"), min_value=0, initial=0, required=False
    )
    through = forms.IntegerField(
        label=_("Held through the firm in row"),
        required=False,
        min_value=1,
        help_text=_("Only for a more distant firm: the number of the row above that leads to it"),
    )


if TYPE_CHECKING:
    TieRows = forms.BaseFormSet[TieForm]
else:
    TieRows = forms.BaseFormSet


class TieFormSet(TieRows):
    """All ties; empty rows are none."""

    def clean(self) -> None:
        """A tie leads only through a row above it."""
        for place, form in enumerate(self.forms):
            through = form.cleaned_data.get("through") if form.is_valid() else None
            if through and through > place:
                form.add_error("through", _("Name a row above this one."))

    def ties(self) -> tuple[DeclaredTie, ...]:
        """For the rules."""
        rows = [form.cleaned_data for form in self.forms if form.cleaned_data.get("name")]
        return tuple(_tie(row) for row in rows)


def _tie(row: dict[str, Any]) -> DeclaredTie:
    values = {name: row[name] for name in TIE_FIELDS if row.get(name) not in (None, "")}
    through = row.get("through")
    return DeclaredTie(through=through - 1 if through else None, **values)


TIES = cast("type[TieFormSet]", formset_factory(TieForm, formset=TieFormSet, extra=1))
YEARS = formset_factory(FiguresForm, extra=2, max_num=2)


class StatusForms:
    """The three parts of the declaration that are sent together."""

    def __init__(self, data: Any = None, *, status: SmeStatus | None = None) -> None:
        self.main = StatusForm(data, initial=_initial(status), prefix="own")
        self.ties = TIES(data, initial=_ties_of(status), prefix="tie")
        self.years = YEARS(data, initial=_years_of(status), prefix="year")

    def is_valid(self) -> bool:
        """All three; each keeps its own errors."""
        return all([self.main.is_valid(), self.ties.is_valid(), self.years.is_valid()])

    def declaration(self) -> Declaration:
        """For the rules; only after ``is_valid``."""
        filled = [form for form in self.years.forms if form.cleaned_data]
        return Declaration(
            own=self.main.figures(),
            ties=self.ties.ties(),
            earlier=tuple(form.figures() for form in filled),
            by_acquisition=self.main.cleaned_data["by_acquisition"],
        )


def _initial(status: SmeStatus | None) -> dict[str, Any]:
    if status is None:
        return {}
    names = ["year", "headcount", "turnover_cents", "balance_cents"]
    names += ["is_estimate", "by_acquisition", "declared"]
    return {name: getattr(status, name) for name in names}


def _ties_of(status: SmeStatus | None) -> list[dict[str, Any]]:
    if status is None:
        return []
    ties = list(status.ties.select_related("through").order_by("position"))
    return [
        {name: getattr(tie, name) for name in TIE_FIELDS}
        | {"through": tie.through.position if tie.through else None}
        for tie in ties
    ]


def _years_of(status: SmeStatus | None) -> list[dict[str, Any]]:
    if status is None:
        return []
    names = ("year", "headcount", "turnover_cents", "balance_cents")
    rows = status.earlier_years.order_by("year")
    return [{name: getattr(row, name) for name in names} for row in rows]
