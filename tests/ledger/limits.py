"""What an officer in a process of their own does to one of the two limits; see ``worker``."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from ledger import api
from ledger.models import Book
from tests.factories.ledger import AT, DAY
from tests.ledger.stories import CALL

if TYPE_CHECKING:
    from core.models import Document, Person


def act(said: dict[str, Any], *, book: int, document: Document, actor: Person) -> str:
    """Do what the order says; the answer without the word ``posted``."""
    return str(ACTS[said["what"]](said, book=book, document=document, actor=actor))


def aid(said: dict[str, Any], *, book: int, document: Document, actor: Person) -> int:
    """Aid for one enterprise, with or without knowing whom it is linked with."""
    del book
    grant = api.AidGrant(
        uuid.UUID(said["idem"]),
        said["key"],
        said.get("linked", []),
        "BE",
        DAY + timedelta(days=said["days"]),
        said["cents"],
        document,
        granted_by="Agency",
    )
    return api.register_aid(grant, actor=actor, at=AT).pk


def undertakings(said: dict[str, Any], *, book: int, document: Document, actor: Person) -> int:
    del book, document, actor
    return api.join_undertakings(said["keys"])


def award(said: dict[str, Any], *, book: int, document: Document, actor: Person) -> int:
    """An application of a group that has its head-room."""
    key = uuid.UUID(said["idem"])
    legs = api.legs.application_awarded(
        book, call=CALL, application=key, group=said["key"], amount=said["cents"]
    )
    event = api.LedgerEvent(key, api.Kind.APPLICATION_AWARDED, document, DAY, legs)
    posted = api.post(event, actor=actor, at=AT)
    assert posted
    return posted.pk


def groups(said: dict[str, Any], *, book: int, document: Document, actor: Person) -> int:
    first, second = said["keys"]
    row = Book.objects.get(pk=book)
    joined = api.join_headroom(
        row, first=first, second=second, document=document, actor=actor, at=AT
    )
    return joined.pk


ACTS = {"aid": aid, "undertakings": undertakings, "award": award, "groups": groups}
