"""Templates live under a strict content security policy, and escape what people typed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.source import Problem, Text

RULES = (
    (re.compile(r"<style\b", re.IGNORECASE), "no inline style: static/css has the styles"),
    (re.compile(r"<[a-z][^<>]*\sstyle\s*=", re.IGNORECASE), "no style attribute: use a class"),
    (
        re.compile(r"<script\b(?![^>]*\bsrc\s*=)", re.IGNORECASE),
        "no inline script: static/js has them",
    ),
    (
        re.compile(r"<[a-z][^<>]*\son[a-z]+\s*=", re.IGNORECASE),
        "no event attribute: static/js has them",
    ),
    (
        re.compile(r"hx-on|hx-vals\s*=\s*.js:|javascript:", re.IGNORECASE),
        "no script in an attribute",
    ),
    (re.compile(r"\|\s*safe\b|\{%\s*autoescape\s+off"), "what people typed is escaped"),
    (
        re.compile(r"(?:src|href)\s*=\s*[\"']?(?:https?:)?//[^\"']+\.(?:js|css|woff2?|png|svg)\b"),
        "files come from our own address",
    ),
)
COMMENT = re.compile(r"\{#.*?#\}|\{%\s*comment.*?endcomment\s*%\}", re.DOTALL)
FORM = re.compile(r"<form\b(?P<attributes>[^>]*)>(?P<body>.*?)</form>", re.DOTALL | re.IGNORECASE)
SENDS = re.compile(r"method\s*=\s*[\"']?post", re.IGNORECASE)
KINDS = (".html", ".svg")
# Mail clients load no style sheet: the frame of mails, and nothing else, brings its own.
MAIL_FRAME = "templates/mail/base.html"


def check(template: Text) -> Iterator[Problem]:
    if template.path.suffix not in KINDS:
        return
    text = COMMENT.sub(_blank, template.text)
    for pattern, sentence in RULES[1:] if str(template.path) == MAIL_FRAME else RULES:
        for match in pattern.finditer(text):
            yield template.problem(_line(text, match.start()), sentence)
    for form in FORM.finditer(text):
        if SENDS.search(form["attributes"]) and "csrf_token" not in form["body"]:
            yield template.problem(_line(text, form.start()), "a form that sends has a csrf_token")


def _blank(match: re.Match[str]) -> str:
    """Keep the lines, so that numbers stay right."""
    return "\n" * match[0].count("\n")


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1
