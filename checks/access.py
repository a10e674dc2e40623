"""Every view says who may come in."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from checks.source import APPS, name_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.source import Module, Problem

ACCESS = frozenset({"public", "signed_in"})
RESPONSES = frozenset({"HttpResponse", "HttpResponseBase", "FileResponse", "StreamingHttpResponse"})


def is_view(module: Module, function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """A public function of the views layer that takes a request and answers it."""
    arguments = function.args.posonlyargs + function.args.args
    return (
        module.app in APPS
        and module.layer == "views"
        and not function.name.startswith("_")
        and bool(arguments)
        and arguments[0].arg == "request"
        and answers(function)
    )


def answers(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """It is annotated with a response; without an annotation we take it for a view."""
    if function.returns is None:
        return True
    names = {name_of(node).rpartition(".")[2] for node in ast.walk(function.returns)}
    if isinstance(function.returns, ast.Constant):
        names = {str(function.returns.value)}
    return bool(names & RESPONSES)


def check(module: Module) -> Iterator[Problem]:
    if module.app not in APPS:
        return
    if module.layer == "views":
        yield from _check_functions(module)
    yield from _check_classes(module)


def _check_functions(module: Module) -> Iterator[Problem]:
    for node in module.tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and is_view(module, node):
            decorators = {name_of(item).rpartition(".")[2] for item in node.decorator_list}
            if not decorators & ACCESS:
                yield module.problem(
                    node.lineno, f"{node.name} declares nobody: @public or @signed_in"
                )


def _check_classes(module: Module) -> Iterator[Problem]:
    """A class of a library becomes a view inside ``public(…)`` or ``signed_in(…)``."""
    declared: set[ast.expr] = set()
    for node in module.nodes():
        if isinstance(node, ast.Call) and name_of(node.func).rpartition(".")[2] in ACCESS:
            declared.update(node.args)
    for node in module.nodes():
        if (
            isinstance(node, ast.Call)
            and name_of(node.func).endswith(".as_view")
            and node not in declared
        ):
            yield module.problem(
                node.lineno, f"{name_of(node.func)} declares nobody: public(…) or signed_in(…)"
            )
