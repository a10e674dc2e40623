"""Asking for a page as somebody, at some time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.test import Client
from django.urls import reverse

from core import clock

if TYPE_CHECKING:
    from datetime import datetime

    from core.models import Person


def client_of(person: Person) -> Client:
    """A browser in which the person has signed in."""
    client = Client()
    client.force_login(person)
    return client


def get(person: Person, name: str, *args: object, at: datetime | None = None) -> str:
    """The page as this person sees it, with plain spaces."""
    with clock.standing_at(at or clock.now()):
        response = client_of(person).get(reverse(f"grants:{name}", args=args))
    assert response.status_code == 200, name
    text: str = response.content.decode()
    return text.replace("\u00a0", " ").replace("&nbsp;", " ")


def post(person: Person, name: str, *args: object, at: Any = None, **typed: Any) -> int:
    """The status that the person gets for what was typed."""
    with clock.standing_at(at or clock.now()):
        response = client_of(person).post(reverse(f"grants:{name}", args=args), typed)
    status: int = response.status_code
    return status
