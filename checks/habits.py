"""What makes code act at a distance, and marks left behind."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from checks.source import APPS, imported, name_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.source import Module, Problem

# Two halves, so that this file does not find itself.
MARKS = re.compile(r"\b(TO" r"DO|FIX" r"ME|X" r"XX|HA" r"CK)\b")
IGNORE = re.compile(r"#\s*type:\s*ignore(?P<codes>\[[\w\-, ]+\])?(?P<reason>.*)")
NOQA = re.compile(
    r"#\s*noqa(?P<codes>:\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*)?(?P<reason>.*)", re.IGNORECASE
)
PRAGMA = re.compile(r"#\s*pragma:\s*no (cover|branch)(?P<reason>.*)")
REASON_MIN = 4
SIGNALS = ("django.db.models.signals", "django.dispatch", "django.core.signals")


def check(module: Module) -> Iterator[Problem]:
    yield from _check_comments(module)
    if module.app not in APPS:
        return
    for line, name in imported(module):
        if name.startswith(SIGNALS):
            yield module.problem(line, "no signals: the caller names what follows")
        if name.endswith("GenericForeignKey"):
            yield module.problem(line, "no generic foreign keys: a real one has a constraint")
    if module.layer == "models":
        yield from _check_models(module)


def _check_comments(module: Module) -> Iterator[Problem]:
    for line, comment in module.comments():
        if MARKS.search(comment):
            yield module.problem(line, "do it, or write it in an issue")
        for exception in (IGNORE, NOQA, PRAGMA):
            match = exception.search(comment)
            if match and not _is_reasoned(match):
                yield module.problem(line, "an exception names its code and its reason")


def _is_reasoned(match: re.Match[str]) -> bool:
    has_codes = "codes" not in match.groupdict() or match["codes"] is not None
    return has_codes and len(match["reason"].strip(" #:-–")) >= REASON_MIN


def _check_models(module: Module) -> Iterator[Problem]:
    for node in module.nodes():
        if isinstance(node, ast.FunctionDef) and node.name in {"save", "delete"}:
            yield module.problem(node.lineno, f"no {node.name}() override: write a verb in actions")
        if isinstance(node, ast.ClassDef) and node.name == "Meta":
            yield from (
                module.problem(item.lineno, "no default ordering: each list names its own")
                for item in node.body
                if isinstance(item, ast.Assign) and name_of(item.targets[0]) == "ordering"
            )
