"""Rules are pure; verbs are told who and when."""

from __future__ import annotations

import ast
import sys
from typing import TYPE_CHECKING

from checks.source import APPS, imported, name_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.source import Module, Problem

IMPURE = frozenset(
    {"time", "os", "io", "socket", "subprocess", "pathlib", "urllib", "http", "sqlite3"}
    | {"logging", "secrets", "threading", "multiprocessing", "tempfile", "shutil", "asyncio"}
)
# Number formats and check digits; they reach no network unless asked to.
CHECK_DIGITS = frozenset({"stdnum", "schwifty"})
TIMELESS = frozenset({"rules", "actions", "lifecycle", "postings"})
WITHOUT_REQUEST = TIMELESS | {"models", "queries", "permissions", "notices"}
CLOCKS = (
    *("datetime.now", "datetime.utcnow", "datetime.today", "date.today", "timezone.now"),
    *("clock.now", "clock.today", "time.time", "check_vies"),
)
HTTP = ("django.http", "core.web", "django.shortcuts", "django.contrib.messages")


def check(module: Module) -> Iterator[Problem]:
    if module.app not in APPS:
        return
    if module.layer == "rules":
        yield from _check_rule(module)
    if module.layer in TIMELESS:
        yield from _check_clock(module)
    if module.layer in WITHOUT_REQUEST:
        yield from _check_request(module)


def _check_rule(module: Module) -> Iterator[Problem]:
    for line, name in imported(module):
        if not _is_pure(name):
            yield module.problem(line, f"a rule is pure Python; it cannot know {name}")
    for node in module.nodes():
        if isinstance(node, ast.Call) and name_of(node.func) in {"open", "print", "input"}:
            yield module.problem(node.lineno, "a rule reads and writes nothing")


def _is_pure(name: str) -> bool:
    parts = name.split(".")
    if parts[0] in APPS:
        return parts[1] == "rules"
    if parts[0] == "random":
        return name == "random.Random"
    return (parts[0] in sys.stdlib_module_names - IMPURE) or parts[0] in CHECK_DIGITS


def _check_clock(module: Module) -> Iterator[Problem]:
    for line, name in imported(module):
        if name in {"core.clock", "django.utils.timezone.now"} or name.startswith("core.clock."):
            yield module.problem(line, "the clock is not read here: `at` is passed in")
    recorded = set(_recorded(module))
    for node in module.nodes():
        if isinstance(node, ast.Call) and _reads_clock(node) and node not in recorded:
            yield module.problem(node.lineno, "the clock is not read here: `at` is passed in")


def _reads_clock(call: ast.Call) -> bool:
    """``localdate(at)`` is the day of an instant; ``localdate()`` is today."""
    name = name_of(call.func)
    if name.endswith(("localdate", "localtime")):
        return not call.args
    return name.endswith(CLOCKS)


def _recorded(module: Module) -> Iterator[ast.AST]:
    """When a row is written is real time, also where the product's time is shifted."""
    for node in module.nodes():
        if isinstance(node, ast.keyword) and node.arg == "recorded_at":
            yield from ast.walk(node.value)
        elif isinstance(node, ast.FunctionDef) and node.name.lstrip("_") == "recorded_at":
            yield from ast.walk(node)


def _check_request(module: Module) -> Iterator[Problem]:
    for line, name in imported(module):
        if name.startswith(HTTP):
            yield module.problem(line, f"only views know the web; this cannot know {name}")
    for node in module.nodes():
        if isinstance(node, ast.arg) and _is_web_request(node):
            yield module.problem(node.lineno, "only views know a request")


def _is_web_request(argument: ast.arg) -> bool:
    """A rule may speak of the request for a grant: then its type is not the web's."""
    if argument.annotation is None:
        return argument.arg == "request"
    return "HttpRequest" in ast.unparse(argument.annotation)
