from __future__ import annotations

import pytest

from checks import pages
from tests.checks.samples import a_template


@pytest.mark.parametrize(
    "markup",
    [
        "<style>p{}</style>",
        '<p class="a" style="color: red">',
        "<script>alert(1)</script>",
        '<script type="module">x()</script>',
        '<button\n  onclick="x()">',
        '<a href="javascript:x()">',
        '<div hx-on:click="x()">',
        "{{ text|safe }}",
        "{% autoescape off %}",
        '<script src="https://elsewhere.example/x.js"></script>',
        '<form method="post"><input></form>',
    ],
)
def test_what_the_policy_would_block_or_leak_is_found(markup: str) -> None:
    assert len(list(pages.check(a_template(markup)))) == 1


@pytest.mark.parametrize(
    "markup",
    [
        '<script src="{% static "js/app.js" %}" defer></script>',
        '<p class="style">once on = two</p>',
        '<form method="post">{% csrf_token %}</form>',
        '<form method="get"><input></form>',
        "{# <style> #}",
        "{% comment %}<p style='x'>{% endcomment %}",
        '<a href="https://europa.eu/">',
    ],
)
def test_clean_markup_is_no_problem(markup: str) -> None:
    assert list(pages.check(a_template(markup))) == []


def test_a_problem_names_its_line_past_comments() -> None:
    problems = list(pages.check(a_template("{#\n#}\n\n<style></style>")))
    assert [problem.line for problem in problems] == [4]


def test_only_the_frame_of_mails_brings_its_own_styles() -> None:
    assert list(pages.check(a_template("<style></style>", at="templates/mail/base.html"))) == []
    assert len(list(pages.check(a_template("<style></style>", at="templates/mail/a.html")))) == 1
    assert len(list(pages.check(a_template("{{ x|safe }}", at="templates/mail/base.html")))) == 1


def test_the_text_of_a_mail_is_not_a_page() -> None:
    mail = a_template("{{ text|safe }}", at="templates/mail/outcome.txt")
    assert list(pages.check(mail)) == []
