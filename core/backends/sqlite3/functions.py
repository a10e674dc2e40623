"""SQL functions that the application's SQLite connections know. Apps register at start-up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

registered: dict[str, tuple[int, Callable[..., Any]]] = {}


def register(name: str, *, arguments: int, function: Callable[..., Any]) -> None:
    """Make ``name`` callable in SQL and in triggers. It must be deterministic."""
    registered[name] = (arguments, function)
