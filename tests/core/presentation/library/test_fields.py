from datetime import UTC, datetime
from typing import Any

import pytest
from django import forms
from django.template import Context, Template

from core.forms import AmountField, MomentField, ShareField
from core.presentation.gallery.form import SampleForm, form


class Small(forms.Form):
    title = forms.CharField(label="Title", help_text="As signed", max_length=200)
    amount = AmountField(label="Amount")
    rate = ShareField(label="Rate", required=False)
    deadline = MomentField(label="Deadline")
    text = forms.CharField(label="Text", max_length=2_000, widget=forms.Textarea)
    code = forms.CharField(label="Code", max_length=8, required=False)
    number = forms.IntegerField(label="People")
    email = forms.EmailField(label="Email")
    kind = forms.ChoiceField(label="Kind", choices=[("a", "A")], widget=forms.RadioSelect)
    many = forms.MultipleChoiceField(
        label="Many", choices=[("a", "A")], widget=forms.CheckboxSelectMultiple
    )
    sure = forms.BooleanField(label="Sure")
    file = forms.FileField(label="File")
    hidden = forms.CharField(widget=forms.HiddenInput, initial="x")


def draw(source: str, **context: Any) -> str:
    return " ".join(Template(source).render(Context(context)).split())


def field(name: str, bound: dict[str, Any] | None = None, *, extra: str = "") -> str:
    return draw(f"{{% field form.{name} {extra} %}}", form=Small(bound))


def test_a_field_ties_label_hint_and_control_together() -> None:
    html = field("title")
    assert '<label class="govuk-label" for="id_title">Title</label>' in html
    assert '<div class="govuk-hint" id="id_title_helptext">As signed</div>' in html
    assert 'aria-describedby="id_title_helptext"' in html
    assert 'class="govuk-input"' in html


def test_a_refused_field_keeps_what_was_typed_and_says_what_to_do() -> None:
    html = field("amount", {"amount": '12,00,0"'})
    assert 'value="12,00,0&quot;"' in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_amount_error"' in html
    assert "govuk-input--error" in html
    assert '<p class="govuk-error-message" id="id_amount_error">' in html


def test_an_amount_asks_for_a_decimal_keyboard_after_its_currency() -> None:
    html = field("amount")
    assert '<div class="govuk-input__prefix" aria-hidden="true">EUR</div>' in html
    assert 'inputmode="decimal"' in html
    assert 'type="text"' in html


def test_an_optional_field_says_so() -> None:
    assert "(optional)" in field("rate")
    assert "(optional)" not in field("amount")
    assert '<div class="govuk-input__suffix" aria-hidden="true">%</div>' in field("rate")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("title", "Fill in “Title”."),
        ("kind", "Choose an answer for “Kind”."),
        ("sure", "Tick the box to confirm this."),
        ("file", "Choose a file for “File”."),
    ],
)
def test_an_empty_field_is_named(name: str, words: str) -> None:
    assert words in field(name, {})


def test_a_long_text_counts_its_characters() -> None:
    html = field("text", {"text": "a\r\nb"})
    assert '<span class="tr-num">3</span> of 2,000 characters' in html
    assert 'aria-describedby="id_text_count"' in html
    assert 'rows="6"' in html


def test_short_values_get_short_boxes() -> None:
    assert "govuk-input--width-10" in field("code")
    assert "govuk-input--width-5" in field("number")
    assert 'inputmode="numeric"' in field("number")
    assert 'autocomplete="email"' in field("email")


def test_a_moment_is_two_labelled_boxes_in_a_named_zone() -> None:
    html = field("deadline", {"deadline_day": "30 Nov 2021", "deadline_time": "25:00"})
    assert 'for="id_deadline_0">Day</label>' in html
    assert 'id="id_deadline_1" name="deadline_time" value="25:00"' in html
    assert "“25:00” is not a time" in html
    assert "Brussels</span>" in html
    shown = Small(initial={"deadline": datetime(2021, 11, 30, 16, tzinfo=UTC)})
    assert 'value="30 Nov 2021"' in draw("{% field form.deadline %}", form=shown)


def test_choices_are_a_fieldset_of_real_controls() -> None:
    html = field("kind", {"kind": "a"})
    assert '<legend class="govuk-fieldset__legend">Kind</legend>' in html
    assert 'type="radio" name="kind" value="a" id="id_kind_0" checked>' in html
    assert 'type="checkbox" name="many" value="a" id="id_many_0">' in field("many")


def test_a_page_may_change_words_and_add_attributes() -> None:
    html = field("title", extra='label="Name" hint="Why" compact=True data_step="1"')
    assert '<label class="govuk-label govuk-visually-hidden" for="id_title">Name</label>' in html
    assert 'data-step="1"' in html
    assert ">Why</div>" in html


def test_a_hidden_field_is_nothing_but_its_control() -> None:
    assert field("hidden").startswith('<input type="hidden" name="hidden" value="x"')


def test_the_summary_leads_to_the_first_control_of_each_error() -> None:
    html = draw("{% error_summary form %}", form=Small({"amount": "x", "hidden": "x"}))
    assert '<a href="#id_deadline_0">' in html
    assert '<a href="#id_amount">Amount: “x” could not be read' in html
    assert '<a href="#id_title">Fill in “Title”.</a>' in html
    assert "10 things have to be put right" in html


def test_a_form_that_was_not_sent_has_no_summary() -> None:
    assert draw("{% error_summary form %}", form=Small()) == ""


def test_errors_of_the_whole_form_and_of_sets_come_first() -> None:
    one = Small({"title": "x"})
    one.is_valid()
    one.errors.clear()
    one.add_error(None, "Not like this.")
    html = draw("{% error_summary form %}", form=one)
    assert "One thing has to be put right" in html
    assert "<li>Not like this.</li>" in html
    management = {"form-TOTAL_FORMS": "3", "form-INITIAL_FORMS": "0"}
    several = forms.formset_factory(Small, max_num=1, validate_max=True)(management)
    assert "Please submit at most 1 form" in draw("{% error_summary forms %}", forms=several)


def test_a_whole_form_is_drawn_in_the_same_way() -> None:
    html = draw("{{ form }}", form=form())
    assert html.startswith('<div class="govuk-error-summary"')
    assert html.count("govuk-form-group ") + html.count('govuk-form-group"') == len(
        SampleForm.base_fields
    )
    several = forms.formset_factory(SampleForm, extra=2)()
    drawn = draw("{{ forms }}", forms=several)
    assert drawn.count('class="tr-card tr-card--gap"') == 2
    assert 'name="form-TOTAL_FORMS"' in drawn
