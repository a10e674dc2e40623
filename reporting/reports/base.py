"""What every report says of itself: its address, its title, who may have it, what it holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from django.db.models import Q
    from django.utils.functional import _StrPromise

    from reporting.sheets import Workbook


FINANCE_OFFICES = ("PO", "AO", "CC", "FO", "AUD")


@dataclass(frozen=True, slots=True)
class Report:
    """``build(subject, at)`` reads; it changes nothing. ``of`` is "grant" or "call".

    ``offices`` in the call and ``roles`` in the grant may have it; with ``coordinator_only`` the
    roles are those of the coordinating organisation. ``ready`` says which subjects there are.
    A report of one sheet can be had as CSV, too.
    """

    slug: str
    title: _StrPromise
    says: _StrPromise
    of: str
    build: Callable[[Any, datetime], Workbook]
    offices: tuple[str, ...]
    ready: Q
    roles: tuple[str, ...] = ()
    coordinator_only: bool = False
    has_csv: bool = False
