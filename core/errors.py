"""Refusals. Each is a sentence the person can act on; anything else is a bug."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class DomainError(Exception):
    """The act was refused and nothing was changed. ``field`` names the input it is about."""

    def __init__(self, message: str | _StrPromise, *, field: str | None = None) -> None:
        super().__init__(str(message))
        self.field = field


class Refused(DomainError):
    """The record's state or one of its conditions does not allow it now."""


class NotAllowed(DomainError):
    """This person may not; a page answers as if the thing did not exist."""
