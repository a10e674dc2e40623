"""Texts that are kept as files because somebody signs them or a posting rests on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string

from core import documents

if TYPE_CHECKING:
    from datetime import datetime

    from core.models import Document, Person

TEXT = "text/plain; charset=utf-8"


def keep(
    template: str, *, kind: str, name: str, actor: Person, at: datetime, **context: Any
) -> Document:
    """Render ``grants/papers/<template>.txt`` as it reads now and keep it for good."""
    text = render_to_string(f"grants/papers/{template}.txt", {"at": at, "actor": actor, **context})
    return documents.store(text.encode(), kind=kind, name=name, media_type=TEXT, actor=actor, at=at)
