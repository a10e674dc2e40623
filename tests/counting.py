"""How many statements a page costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection
from django.test.utils import CaptureQueriesContext

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client


def statements(client: Client, url: str) -> int:
    """The statements of one request, which has to succeed."""
    with CaptureQueriesContext(connection) as found:
        assert client.get(url).status_code == 200
    return len(found)


def statements_of(call: Callable[[], object]) -> int:
    """The statements of one call."""
    with CaptureQueriesContext(connection) as found:
        call()
    return len(found)
