"""Marks as people type them: real steps, long scales, drafts that are not complete."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from grants.forms.evaluation_marks import DraftForm, MarksForm, ReportForm
from grants.models import Criterion
from grants.queries.marks import Scored, gaps, plain
from grants.queries.spread import drawn
from grants.queries.wording import scale_line, wording


def a_criterion(**changes: Any) -> Criterion:
    """A criterion that is not kept."""
    plain_one: dict[str, Any] = {
        "code": "impact",
        "name": "Impact",
        "score_max": Decimal(5),
        "score_step": Decimal("0.5"),
        "weight": Decimal(1),
        "threshold": Decimal(3),
    }
    return Criterion(pk=uuid4(), **plain_one | changes)


def test_a_short_scale_has_a_button_for_each_step() -> None:
    form = MarksForm(criteria=[a_criterion()])
    [pair] = form.pairs
    assert pair.is_scale
    assert [choice.choice_label for choice in pair.score][:3] == ["0", "0.5", "1"]


def test_a_long_scale_is_typed_with_comma_or_point() -> None:
    long = a_criterion(score_max=Decimal(30))
    for typed in ("22.5", "22,5", " 22.50 "):
        form = MarksForm({"score-impact": typed, "comment-impact": "x"}, criteria=[long])
        assert form.is_valid()
        assert form.marks == {long.pk: Scored(Decimal("22.5"), "x")}
    assert not form.pairs[0].is_scale


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("good", "“good” is not a number. Enter for example 3.5."),
        ("3.2", "Impact: 3.2 is not a mark of its scale. It goes from 0 to 5 in steps of 0.5."),
        ("NaN", "Impact: NaN is not a mark of its scale. It goes from 0 to 5 in steps of 0.5."),
    ],
)
def test_what_is_no_mark_is_quoted_and_put_right(typed: str, sentence: str) -> None:
    form = MarksForm({"score-impact": typed, "comment-impact": "kept"}, criteria=[a_criterion()])
    assert form.errors["score-impact"] == [sentence]
    assert form["comment-impact"].value() == "kept"


def test_a_draft_may_be_empty_and_line_ends_are_one() -> None:
    one = a_criterion()
    form = DraftForm({"comment-impact": "a\r\nb"}, criteria=[one])
    assert form.is_valid()
    assert form.marks == {one.pk: Scored(None, "a\nb")}
    assert form.cleaned_data["summary"] == ""


def test_what_was_saved_is_shown_with_its_wording() -> None:
    one = a_criterion()
    form = ReportForm(criteria=[one], marks={one.pk: Scored(Decimal("4.50"), "Because.")})
    [pair] = form.pairs
    assert (pair.shown, pair.words, pair.is_done) == (
        "4.5", "Very good, with a small number of shortcomings", True,
    )  # fmt: skip
    assert pair.scale_words[-1] == ("5", "Excellent: any shortcoming is minor")
    assert pair.scale_line == "0 to 5 in steps of 0.5, threshold 3"
    empty = ReportForm(criteria=[one]).pairs[0]
    assert (empty.words, empty.is_done) == ("", False)


def test_flags_are_read() -> None:
    form = ReportForm({"has_ethics_issue": "on"}, criteria=[])
    assert form.is_valid()
    assert form.flags == {
        "is_out_of_scope": False,
        "has_ethics_issue": True,
        "has_security_issue": False,
    }
    assert [bound.name for bound in form.flag_fields] == list(ReportForm.flag_names)


def test_a_scale_without_threshold_says_nothing_of_one() -> None:
    assert scale_line(a_criterion(threshold=Decimal(0))) == "0 to 5 in steps of 0.5"
    assert wording(a_criterion(), Decimal(0)) == "Fails to address it, or cannot be judged"


def test_gaps_are_named_in_the_order_of_the_criteria() -> None:
    first, second = a_criterion(name="Relevance"), a_criterion()
    marks = {first.pk: Scored(Decimal("3.3"), "x"), second.pk: Scored(None, "long enough")}
    assert gaps(marks, [first, second], comment_chars_min=5) == (
        "Relevance: 3.3 is not a mark of its scale. It goes from 0 to 5 in steps of 0.5.",
        "Relevance: say why in at least 5 characters; there are 1.",
        "Impact has no mark yet.",
    )
    assert gaps({}, [], comment_chars_min=5) == ()


@pytest.mark.parametrize(
    ("number", "text"), [("4.50", "4.5"), ("10.00", "10"), ("10", "10"), ("0.0", "0")]
)
def test_plain_marks_have_no_idle_zeros(number: str, text: str) -> None:
    assert plain(Decimal(number)) == text


def test_equal_marks_stand_above_each_other_in_the_picture() -> None:
    marks = [("A", Decimal("3.5")), ("B", Decimal("1.5")), ("C", Decimal("3.5"))]
    picture = drawn(a_criterion(), marks, draft=Decimal(3))
    assert [(dot.letter, dot.x, dot.y) for dot in picture.dots] == [
        ("A", "169", 36), ("B", "81", 36), ("C", "169", 17),
    ]  # fmt: skip
    assert (picture.span, picture.limit, picture.draft) == (("81", "169"), "147", "147")
    assert picture.label == "Marks 3.5, 1.5, 3.5; consensus 3; threshold 3"
    assert picture.dots[2].text_y == 21


@pytest.mark.parametrize(
    ("equal", "top", "height"), [(1, 0, 76), (2, 0, 76), (3, -12, 88), (5, -50, 126)]
)
def test_a_tall_stack_makes_the_picture_higher_and_no_circle_is_cut(
    equal: int, top: int, height: int
) -> None:
    picture = drawn(a_criterion(), [(letter, Decimal(4)) for letter in "ABCDE"[:equal]], draft=None)
    assert (picture.top, picture.height) == (top, height)
    assert min(dot.y for dot in picture.dots) - 9 >= picture.top
    assert len({dot.css for dot in picture.dots}) == min(equal, 4)


def test_a_picture_without_marks_has_neither_span_nor_draft() -> None:
    picture = drawn(a_criterion(threshold=Decimal(0)), [], draft=None)
    assert (picture.span, picture.limit, picture.draft, picture.label) == (None, "", "", "Marks –")
