"""Whether anything has happened since somebody last looked.

Histories are only ever added to (``core.ddl.append_only`` and every ``TransitionBase``; the
database refuses anything else). So as long as none of them has grown, whatever was worked out from
what they record is still right, and need not be worked out again for every page that shows it.
"""

from __future__ import annotations

from functools import lru_cache, wraps
from typing import TYPE_CHECKING, TypeVar

from django.db import connection

from core.reading import read_once

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from django.db.models import Model

Key = TypeVar("Key", bound="Hashable")
Found = TypeVar("Found")


def kept_until_grown(
    *histories: type[Model],
) -> Callable[[Callable[[Key], Found]], Callable[[Key], Found]]:
    """Keep what a function finds for a key until one of the histories has grown.

    For what is the same for everybody: no right may depend on it. Within a transaction nothing is
    kept, for it may yet be undone.
    """

    def keeping(find: Callable[[Key], Found]) -> Callable[[Key], Found]:
        @lru_cache(maxsize=8)
        def kept(key: Key, _when: tuple[object, ...]) -> Found:
            return find(key)

        @read_once
        @wraps(find)
        def latest(key: Key) -> Found:
            if connection.in_atomic_block:
                return find(key)
            return kept(key, (connection.settings_dict["NAME"], *lengths(*histories)))

        return latest

    return keeping


def lengths(*histories: type[Model]) -> tuple[int, ...]:
    """The number of rows of each table, in one statement."""
    quote = connection.ops.quote_name
    tables = (quote(history._meta.db_table) for history in histories)
    counts = ", ".join(f"(SELECT COUNT(*) FROM {table})" for table in tables)  # noqa: S608  our own names
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {counts}")
        return tuple(cursor.fetchone())
