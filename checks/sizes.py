"""Small files, small functions: what fits on a screen is read. Ruff measures the lines."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from checks.access import is_view

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.source import Module, Problem, Text

FILE_MAX = 300
TEST_FILE_MAX = 400
FUNCTION_MAX = 40
VIEW_MAX = 15
NESTING_MAX = 3
TEMPLATE_MAX = 80

Function = ast.FunctionDef | ast.AsyncFunctionDef
BLOCKS = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.With, ast.AsyncWith, ast.Try, ast.Match)


def check_module(module: Module) -> Iterator[Problem]:
    most = TEST_FILE_MAX if module.is_test else FILE_MAX
    if len(module.lines) > most:
        yield module.problem(most + 1, f"{len(module.lines)} lines, at most {most} a file")
    for node in module.nodes():
        if isinstance(node, Function):
            yield from _check_function(module, node)


def _check_function(module: Module, function: Function) -> Iterator[Problem]:
    most = VIEW_MAX if is_view(module, function) else FUNCTION_MAX
    length = (function.end_lineno or function.lineno) - function.lineno + 1
    if length > most:
        yield module.problem(function.lineno, f"{function.name} has {length} lines, at most {most}")
    depth = max((nesting(statement) for statement in function.body), default=0)
    if depth > NESTING_MAX:
        yield module.problem(
            function.lineno, f"{function.name} nests {depth} blocks, at most {NESTING_MAX}"
        )


def nesting(node: ast.AST) -> int:
    """Blocks inside each other; ``elif`` is one with its ``if``, a function inside starts anew."""
    if isinstance(node, Function | ast.Lambda):
        return 0
    again = _elif(node)
    inner = max(
        (nesting(child) - (child is again) for child in ast.iter_child_nodes(node)), default=0
    )
    return inner + isinstance(node, BLOCKS)


def _elif(node: ast.AST) -> ast.AST | None:
    if isinstance(node, ast.If) and len(node.orelse) == 1 and isinstance(node.orelse[0], ast.If):
        return node.orelse[0]
    return None


def check_template(template: Text) -> Iterator[Problem]:
    if len(template.lines) > TEMPLATE_MAX:
        yield template.problem(
            TEMPLATE_MAX + 1, f"{len(template.lines)} lines, at most {TEMPLATE_MAX} a template"
        )
