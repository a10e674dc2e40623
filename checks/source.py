"""What the linters read: files, their syntax trees, and what they say about them."""

from __future__ import annotations

import ast
import tokenize
from dataclasses import dataclass
from functools import cached_property
from io import StringIO
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

APPS = ("core", "parties", "ledger", "grants", "vouchers", "workflows", "reporting", "demo")
PACKAGES = (*APPS, "config", "checks", "tests")


@dataclass(frozen=True, order=True)
class Problem:
    """One line that breaks one rule."""

    path: str
    line: int
    sentence: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.sentence}"


@dataclass(frozen=True)
class Text:
    """A file as text; ``path`` is relative to the project, with forward slashes."""

    path: PurePosixPath
    text: str

    @property
    def lines(self) -> list[str]:
        return self.text.splitlines()

    def problem(self, line: int, sentence: str) -> Problem:
        return Problem(str(self.path), line, sentence)


@dataclass(frozen=True)
class Module(Text):
    """A Python file."""

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, str(self.path))

    @property
    def app(self) -> str:
        return self.path.parts[0]

    @property
    def layer(self) -> str:
        """``grants/actions/call.py`` and ``grants/actions.py`` are both in ``actions``."""
        second = self.path.parts[1] if len(self.path.parts) > 1 else self.path.parts[0]
        return second.removesuffix(".py")

    @property
    def is_test(self) -> bool:
        return self.app == "tests"

    def nodes(self) -> Iterator[ast.AST]:
        return ast.walk(self.tree)

    def comments(self) -> Iterator[tuple[int, str]]:
        for token in tokenize.generate_tokens(StringIO(self.text).readline):
            if token.type == tokenize.COMMENT:
                yield token.start[0], token.string


def modules(root: Path) -> Iterator[Module]:
    """Our Python files; migrations are made by Django."""
    for package in PACKAGES:
        for file in sorted((root / package).rglob("*.py")):
            path = PurePosixPath(file.relative_to(root).as_posix())
            if "migrations" not in path.parts:
                yield Module(path, file.read_text())
    if (root / "manage.py").exists():
        yield Module(PurePosixPath("manage.py"), (root / "manage.py").read_text())


def templates(root: Path) -> Iterator[Text]:
    for file in sorted((root / "templates").rglob("*")):
        if file.is_file():
            yield Text(PurePosixPath(file.relative_to(root).as_posix()), file.read_text())


def name_of(node: ast.AST) -> str:
    """``a.b.c`` of a chain of names; empty for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{name_of(node.value)}.{node.attr}".lstrip(".")
    if isinstance(node, ast.Call):
        return name_of(node.func)
    return ""


def imported(module: Module) -> Iterator[tuple[int, str]]:
    """Every imported name with its line, in full: ``from a.b import c`` is ``a.b.c``."""
    for node in module.nodes():
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = "." * node.level + (node.module or "")
            yield from ((node.lineno, f"{base}.{alias.name}") for alias in node.names)
