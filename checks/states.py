"""A state is brought about by ``core.gate.fire`` and by nothing else."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from checks.source import APPS, imported, name_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.source import Module, Problem

GATE = frozenset({"core/gate.py", "core/lifecycle.py"})
WRITES = frozenset(
    f"{prefix}{verb}"
    for prefix in ("", "a")
    for verb in ("create", "get_or_create", "update_or_create", "update", "bulk_update")
)
SETTERS = frozenset({"setattr", "object.__setattr__", "__setattr__"})
SQL = re.compile(
    r"\bupdate\b[^;]*\bset\b[^;]*\bstate\b\s*=|\binsert\b[^;(]*\([^)]*\bstate\b", re.IGNORECASE
)
SENTENCE = "a state changes only through core.gate.fire"


def check(module: Module) -> Iterator[Problem]:
    if str(module.path) in GATE or module.path.parts[:2] == ("tests", "checks"):
        return
    models = set(_models(module))
    for node in module.nodes():
        if _assigns(node) or _calls(node, models) or (_is_sql(node) and not module.is_test):
            yield module.problem(getattr(node, "lineno", 1), SENTENCE)


def _models(module: Module) -> Iterator[str]:
    """The names under which this file knows model classes."""
    for _line, name in imported(module):
        parts = name.split(".")
        if parts[0] in (*APPS, "") and "models" in parts[:-1]:
            yield parts[-1]
    if module.layer == "models":
        yield from (node.name for node in module.nodes() if isinstance(node, ast.ClassDef))


def _assigns(node: ast.AST) -> bool:
    targets: list[ast.expr] = []
    if isinstance(node, ast.Assign | ast.Delete):
        targets = node.targets
    elif isinstance(node, ast.AugAssign | ast.AnnAssign | ast.For):
        targets = [node.target]
    parts = [part for target in targets for part in ast.walk(target)]
    return any(
        _is_state(part) for part in parts if isinstance(getattr(part, "ctx", None), ast.Store)
    )


def _is_state(target: ast.AST) -> bool:
    if isinstance(target, ast.Attribute):
        return target.attr == "state"
    if isinstance(target, ast.Subscript) and isinstance(target.value, ast.Attribute):
        return target.value.attr == "__dict__" and _says_state(target.slice)
    return False


def _calls(node: ast.AST, models: set[str]) -> bool:
    if not isinstance(node, ast.Call):
        return False
    name = name_of(node.func)
    last = name.rpartition(".")[2]
    if name in SETTERS or last == "__setattr__":
        return len(node.args) > 1 and any(map(_says_state, node.args[:-1]))
    if last.removeprefix("a") == "bulk_update":
        return any(
            _says_state(part) for argument in _arguments(node) for part in ast.walk(argument)
        )
    is_model = name.partition(".")[0] in models and last[:1].isupper()
    return (last in WRITES or is_model or name.endswith("models." + last)) and _gives_state(node)


def _arguments(call: ast.Call) -> list[ast.expr]:
    return [*call.args, *(keyword.value for keyword in call.keywords)]


def _gives_state(call: ast.Call) -> bool:
    """``state=…``, ``**{"state": …}`` or ``defaults={"state": …}``."""
    if any(keyword.arg == "state" for keyword in call.keywords):
        return True
    dicts = [item for argument in _arguments(call) for item in ast.walk(argument)]
    return any(
        key is not None and _says_state(key)
        for item in dicts
        if isinstance(item, ast.Dict)
        for key in item.keys
    )


def _says_state(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value == "state"


def _is_sql(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and SQL.search(node.value) is not None
    )
