"""Asking one address as one person, and putting everything back.

Each page is drawn for the first who comes in, so that one that breaks is found; for everybody
else only who comes in counts. How pages look is tested with each view.
"""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from django.db import transaction
from django.template.backends.django import Template
from django.test import Client
from django.urls import reverse

from tests.policy.row import ROLES

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from types import SimpleNamespace

    from django.http import HttpResponse

    from tests.policy.row import Row

IN, HIDDEN, SIGN_IN = "comes in", "finds nothing", "is sent to the sign-in page"
LET_IN = {200, 302, 409, 422}
NOT_DRAWN = patch.object(Template, "render", return_value="")


def clients(people: dict[str, Any]) -> dict[str, Client]:
    """A browser for each person of the world, signed in."""
    made = {name: Client(raise_request_exception=False) for name in ROLES}
    for name, client in made.items():
        if people[name] is not None:
            client.force_login(people[name])
    return made


def arguments(row: Row, world: SimpleNamespace) -> list[Any]:
    """The keys in the address."""
    if row.arguments:
        return row.arguments(world)
    return [getattr(world, name).pk for name in row.of]


def ask(
    row: Row, client: Client, world: SimpleNamespace, *, pages: AbstractContextManager[object]
) -> str:
    """What happens to the person; whatever the request changed is undone, a sign-out too."""
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    with transaction.atomic():
        path = reverse(row.name, args=arguments(row, world))
        with pages:
            answer = getattr(client, row.method)(path, row.data, secure=True)
        transaction.set_rollback(True)
    client.cookies.clear()
    client.cookies.load(cookies)
    outcome = _outcome(answer)
    answer.close()
    return outcome


def _outcome(answer: HttpResponse) -> str:
    sign_in = reverse("account_login")
    if answer.status_code == 302 and answer.headers["Location"].startswith(sign_in):
        return SIGN_IN
    if answer.status_code == 404:
        return HIDDEN
    return IN if answer.status_code in LET_IN else f"gets {answer.status_code}"


def expected(row: Row, name: str) -> str:
    """What the policy says."""
    if name in row.allow:
        return IN
    return SIGN_IN if name == "visitor" or row.to_sign_in else HIDDEN


def differences(row: Row, world: SimpleNamespace, browsers: dict[str, Client]) -> list[str]:
    """A sentence for each person with whom something else happens than the policy says."""
    found = []
    first = next((name for name in ROLES if name in row.allow), None)
    for name in ROLES:
        pages = nullcontext() if name == first else NOT_DRAWN
        outcome = ask(row, browsers[name], world, pages=pages)
        if outcome != expected(row, name):
            found.append(f"{row.name}: {name} {outcome}, not: {expected(row, name)}")
    return found
