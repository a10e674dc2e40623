"""Safeguards taken away on purpose: the judge must see each loss."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.ledger.hammer.site import Site


def nothing(_site: Site) -> Callable[[], None]:
    return lambda: None


CONTROLS: dict[str, Callable[[Site], Callable[[], None]]] = {"": nothing, "durability": nothing}
