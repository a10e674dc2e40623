"""A book by its code, for commands."""

from __future__ import annotations

from django.core.management.base import CommandError

from ledger.models import Book


def book_of(code: str | None) -> Book | None:
    """None for no code, which means all books. Raises ``CommandError`` for an unknown one."""
    if code is None:
        return None
    try:
        return Book.objects.get(code=code)
    except Book.DoesNotExist as missing:
        raise CommandError(f"There is no book {code}.") from missing
