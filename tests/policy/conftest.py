"""One world for every question: made once, never committed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import transaction
from django.test import override_settings

from core import clock
from tests.policy import asking
from tests.policy import world as worlds

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import SimpleNamespace

    from pytest_django import DjangoDbBlocker

    from tests.databases import TemplateDatabase


@pytest.fixture(scope="package")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the world's documents lie."""
    return tmp_path_factory.mktemp("world")


@pytest.fixture(scope="package")
def made(
    django_db_setup: TemplateDatabase, django_db_blocker: DjangoDbBlocker, files: Path
) -> Iterator[SimpleNamespace]:
    """The world and its browsers, in a transaction that is rolled back after the last question."""
    del django_db_setup
    with django_db_blocker.unblock(), transaction.atomic(), override_settings(MEDIA_ROOT=files):
        world = worlds.build()
        with clock.standing_at(worlds.NOW):
            world.browsers = asking.clients(world.people)
        yield world
        transaction.set_rollback(True)


@pytest.fixture
def world(made: SimpleNamespace, media: None, files: Path) -> Iterator[SimpleNamespace]:
    """The same, on its day and with its files."""
    del media
    with clock.standing_at(worlds.NOW), override_settings(MEDIA_ROOT=files):
        yield made
