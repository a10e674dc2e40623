"""Forms of one's own things."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from core.forms import DayField
from parties.models import Keyword
from parties.queries.expert import keyword_choices
from parties.rules.countries import COUNTRIES, LANGUAGES

BRANCH = "branch-"


class NameForm(forms.Form):
    """The name that others see."""

    full_name = forms.CharField(
        label=_("Your name"),
        max_length=160,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class ExpertForm(forms.Form):
    """What an expert can judge, in which languages, and when."""

    country = forms.ChoiceField(
        label=_("Country you live in"), choices=[("", ""), *COUNTRIES.items()]
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages you can evaluate in"),
        choices=list(LANGUAGES.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    past_work = forms.CharField(
        label=_("Past work"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("What you evaluated or led, with years. Officers see it; applicants never do."),
    )
    days_max = forms.IntegerField(label=_("Working days a year"), min_value=1, max_value=366)
    available_from = DayField(label=_("Available from"), required=False)
    available_until = DayField(label=_("Available until"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = set(self.initial.get("keywords", []))
        for branch, topics in keyword_choices():
            name = f"{BRANCH}{slugify(branch)}"
            self.fields[name] = forms.MultipleChoiceField(
                label=branch,
                choices=topics,
                required=False,
                widget=forms.CheckboxSelectMultiple,
                initial=[key for key, _words in topics if key in chosen],
            )

    @property
    def branches(self) -> list[forms.BoundField]:
        """The tree of expertise, one field a branch."""
        return [self[name] for name in self.fields if name.startswith(BRANCH)]

    def clean(self) -> dict[str, Any]:
        """Gather what was chosen in all branches."""
        names = [name for name in self.fields if name.startswith(BRANCH)]
        keys = [key for name in names for key in self.cleaned_data.pop(name, [])]
        self.cleaned_data["keywords"] = list(Keyword.objects.filter(pk__in=keys))
        if not keys:
            self.add_error(None, _("Choose at least one field of expertise."))
        return self.cleaned_data


class EmploymentForm(forms.Form):
    """Where an expert works or worked."""

    name = forms.CharField(label=_("Employer"), max_length=200)
    start_date = DayField(label=_("From"))
    end_date = DayField(
        label=_("Until"), required=False, help_text=_("Leave it empty if you work there now.")
    )
