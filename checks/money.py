"""No float near money: a cent that is lost in a rounding is not found again."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from checks.source import name_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.source import Module, Problem

LAYERS = frozenset(
    {"rules", "postings", "actions", "lifecycle", "models", "queries", "forms", "money"}
)
# A database expression (F) divides where its rounding is part of the constraint.
EXACT = frozenset({"Decimal", "Fraction", "F"})


def is_near_money(module: Module) -> bool:
    return module.app == "ledger" or (
        module.layer in LAYERS and module.app not in {"tests", "checks", "config"}
    )


def check(module: Module) -> Iterator[Problem]:
    if not is_near_money(module):
        return
    for node in module.nodes():
        line = getattr(node, "lineno", 1)
        if isinstance(node, ast.Constant) and isinstance(node.value, float):
            yield module.problem(line, f"{node.value} is a float")
        elif isinstance(node, ast.Name | ast.Attribute) and _is_float(node):
            yield module.problem(line, "no float near money: cents are int, shares are Decimal")
        elif isinstance(node, ast.BinOp | ast.AugAssign) and _divides(node, module):
            yield module.problem(line, "say how it is rounded: //, or divide Decimals")


def _is_float(node: ast.Name | ast.Attribute) -> bool:
    return name_of(node).rpartition(".")[2] in {"float", "FloatField", "fsum"}


def _divides(node: ast.BinOp | ast.AugAssign, module: Module) -> bool:
    """A true division of cents, in the places that hold nothing but cents."""
    if not isinstance(node.op, ast.Div) or not _is_cents_only(module):
        return False
    return not any(_is_exact(part) for part in ast.walk(node))


def _is_exact(part: ast.AST) -> bool:
    """A Decimal, a fraction, an expression of the database, or no number at all: a path."""
    is_text = isinstance(part, ast.Constant) and isinstance(part.value, str)
    return is_text or name_of(part).rpartition(".")[2] in EXACT


def _is_cents_only(module: Module) -> bool:
    return module.app == "ledger" or module.layer in {"postings", "money"}
