"""Mutants of the ledger's pure functions, one change each, made from their syntax tree.

A mutant is put in place by giving the function that everybody has imported other code.
"""

from __future__ import annotations

import ast
import inspect
from contextlib import contextmanager
from dataclasses import dataclass
from types import CodeType, FunctionType, ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Change = tuple[str, "Callable[[], None]"]
"""What is changed, in words, and how to change the tree."""
_COMPARED = {ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt}
_NAMES = {"min": "max", "max": "min"}


@dataclass(frozen=True)
class Mutant:
    """``code`` takes the place of ``function``'s own."""

    name: str
    function: FunctionType
    code: CodeType

    @contextmanager
    def applied(self) -> Iterator[None]:
        kept, self.function.__code__ = self.function.__code__, self.code
        try:
            yield
        finally:
            self.function.__code__ = kept


def mutants(module: ModuleType) -> Iterator[Mutant]:
    """Every mutant of every function of ``module``, in the order of the text."""
    text = inspect.getsource(module)
    short = module.__name__.rpartition(".")[2]
    for name, function in vars(module).items():
        if not isinstance(function, FunctionType) or function.__module__ != module.__name__:
            continue
        number = 0
        while True:
            tree = ast.parse(text)
            changes = list(_changes(_definition(tree, name)))
            if number == len(changes):
                break
            words, change = changes[number]
            change()
            number += 1
            ast.fix_missing_locations(tree)
            yield Mutant(f"{short}.{name}: {words}", function, _code(tree, name))


def _definition(tree: ast.Module, name: str) -> ast.FunctionDef:
    found = (x for x in tree.body if isinstance(x, ast.FunctionDef) and x.name == name)
    return next(found)


def _code(tree: ast.Module, name: str) -> CodeType:
    compiled = compile(tree, f"<mutant of {name}>", "exec")
    codes = (x for x in compiled.co_consts if isinstance(x, CodeType) and x.co_name == name)
    return next(codes)


def _changes(function: ast.FunctionDef) -> Iterator[Change]:
    for node in ast.walk(function):
        if isinstance(node, ast.Tuple) and any(_is_leg(_inside(x)) for x in node.elts):
            yield from _in_row(node.elts, shown="leg")
        elif isinstance(node, ast.FunctionDef) and any(_is_yield(x) for x in node.body):
            yield from _in_row(node.body, shown="statement", only=_is_yield)
        elif isinstance(node, ast.Call):
            yield from _of_call(node)
        elif isinstance(node, ast.BinOp):
            yield from _of_arithmetic(node)
        else:
            yield from _of_condition(node)


def _of_condition(node: ast.AST) -> Iterator[Change]:
    if isinstance(node, ast.IfExp):
        yield f"`{ast.unparse(node)}`: cases exchanged", _exchanged(node)
    elif isinstance(node, ast.Compare) and type(node.ops[0]) in _COMPARED:
        for at, op in enumerate(node.ops):
            new = _COMPARED[type(op)]()
            words = f"`{ast.unparse(node)}`: {type(op).__name__} made {type(new).__name__}"
            yield words, _set(node.ops, at, new)


def _inside(node: ast.expr) -> ast.expr:
    """What a row has in one place: ``*(leg(…) for …)`` and ``*legs(…)`` too."""
    inner = node.value if isinstance(node, ast.Starred) else node
    return inner.elt if isinstance(inner, ast.GeneratorExp) else inner


def _is_leg(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "leg"


def _is_yield(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Yield)


def _in_row(
    row: list[Any], *, shown: str, only: Callable[[Any], bool] = lambda _x: True
) -> Iterator[Change]:
    """Of a tuple's expressions or a function's statements."""
    places = [at for at, node in enumerate(row) if only(node)]
    for number, at in enumerate(places, start=1):
        yield f"{shown} {number} left out", _left_out(row, at)
        if number < len(places):
            yield f"{shown} {number} after the next", _later(row, at)


def _left_out(row: list[Any], at: int) -> Callable[[], None]:
    def change() -> None:
        if isinstance(row[at], ast.stmt):
            row[at] = ast.Pass()
        else:
            del row[at]

    return change


def _later(row: list[Any], at: int) -> Callable[[], None]:
    def change() -> None:
        row[at], row[at + 1] = row[at + 1], row[at]

    return change


def _of_call(node: ast.Call) -> Iterator[Change]:
    if not isinstance(node.func, ast.Name):
        return
    if node.func.id == "leg" and len(node.args) > 2:
        yield f"`{_short(node)}`: sides exchanged", lambda: _turn(node)
        keys = {word.arg for word in node.keywords}
        if keys:
            yield f"`{_short(node)}`: a key forgotten", lambda: _forget(node)
    elif node.func.id in _NAMES:
        other = ast.Name(_NAMES[node.func.id], ast.Load())
        words = f"`{ast.unparse(node)}`: {node.func.id} made {other.id}"
        yield words, lambda: setattr(node, "func", other)


def _short(node: ast.Call) -> str:
    return f"{ast.unparse(node.args[1])}→{ast.unparse(node.args[2])}".replace("T.", "")


def _forget(node: ast.Call) -> None:
    node.keywords.pop()


def _turn(node: ast.Call) -> None:
    node.args[1], node.args[2] = node.args[2], node.args[1]
    for word in node.keywords:
        word.arg = {"frm": "to", "to": "frm"}.get(word.arg or "", word.arg)


def _of_arithmetic(node: ast.BinOp) -> Iterator[Change]:
    line = f"`{ast.unparse(node)}`"
    if isinstance(node.op, ast.FloorDiv):
        yield f"{line}: rounded up", lambda: _up(node)
        yield f"{line}: rounded to the nearest", lambda: _nearest(node)
    elif isinstance(node.op, ast.Add):
        yield f"{line}: + made -", lambda: setattr(node, "op", ast.Sub())
    elif isinstance(node.op, ast.Sub):
        yield f"{line}: - made +", lambda: setattr(node, "op", ast.Add())


def _up(node: ast.BinOp) -> None:
    """a // b becomes 0 - (-a // b)."""
    below = ast.BinOp(ast.UnaryOp(ast.USub(), node.left), ast.FloorDiv(), node.right)
    node.left, node.op, node.right = ast.Constant(0), ast.Sub(), below


def _nearest(node: ast.BinOp) -> None:
    """a // b becomes (2 · a + b) // (2 · b)."""
    left, right = node.left, node.right
    twice = ast.BinOp(ast.BinOp(ast.Constant(2), ast.Mult(), left), ast.Add(), right)
    node.left, node.right = twice, ast.BinOp(ast.Constant(2), ast.Mult(), right)


def _exchanged(node: ast.IfExp) -> Callable[[], None]:
    def change() -> None:
        node.body, node.orelse = node.orelse, node.body

    return change


def _set(ops: list[ast.cmpop], at: int, new: ast.cmpop) -> Callable[[], None]:
    def change() -> None:
        ops[at] = new

    return change
