"""Row locks: parents before children, in primary-key order, before anything is decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.db import models, transaction

from core.errors import NotAllowed

if TYPE_CHECKING:
    from uuid import UUID

M = TypeVar("M", bound=models.Model)


def locked(model: type[M], pk: UUID | int | str) -> M:
    """The row, locked until the transaction ends.

    SQLite has no row locks; there every transaction is IMMEDIATE, so writers queue.
    Raises ``NotAllowed`` when the row does not exist.
    """
    assert transaction.get_connection().in_atomic_block, "lock inside a transaction"
    try:
        return model._default_manager.select_for_update(of=("self",)).get(pk=pk)
    except ObjectDoesNotExist as missing:
        raise NotAllowed(f"{model._meta.verbose_name} {pk} does not exist") from missing


def locked_one(rows: models.QuerySet[M]) -> M:
    """The one row of the query, locked. Raises ``NotAllowed`` when there is none."""
    found = locked_all(rows)
    if not found:
        raise NotAllowed(f"no such {rows.model._meta.verbose_name}")
    return found[0]


def locked_all(rows: models.QuerySet[M]) -> list[M]:
    """All rows of the query, locked in primary-key order."""
    assert transaction.get_connection().in_atomic_block, "lock inside a transaction"
    return list(rows.order_by("pk").select_for_update(of=("self",)))
