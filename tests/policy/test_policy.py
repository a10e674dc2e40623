"""Every address asked as every person: the policy is what happens."""

from __future__ import annotations

import importlib
import pkgutil
from typing import TYPE_CHECKING

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from tests import policy
from tests.policy import asking
from tests.policy.row import ROLES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import SimpleNamespace

    from tests.policy.row import Row

CHAPTERS: dict[str, list[Row]] = {
    found.name: importlib.import_module(f"tests.policy.{found.name}").ROWS
    for found in pkgutil.iter_modules(policy.__path__)
    if found.name not in {"asking", "conftest", "row", "world"}
    and not found.name.startswith("test_")
}
ROWS = [row for rows in CHAPTERS.values() for row in rows]


def addresses(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    """The name of every address of the product."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inside = f"{prefix}{entry.namespace}:" if entry.namespace else prefix
            yield from addresses(entry, inside)
        elif isinstance(entry, URLPattern):
            yield f"{prefix}{entry.name}"


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    assert {row.name for row in ROWS} == set(addresses(get_resolver()))


def test_rows_name_people_of_the_world() -> None:
    assert [row.name for row in ROWS if not row.allow <= set(ROLES)] == []


def test_everybody_of_the_world_is_somebody_else(world: SimpleNamespace) -> None:
    assert set(world.people) == set(ROLES)
    assert len(set(world.people.values())) == len(ROLES)


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_each_address_does_what_its_row_says(chapter: str, world: SimpleNamespace) -> None:
    found = [
        sentence
        for row in CHAPTERS[chapter]
        for sentence in asking.differences(row, world, world.browsers)
    ]
    assert not found, "\n".join(found)
