"""The tests' database, and what the last lines of a run say.

By default every test runs in a transaction that is rolled back. A test that commits asks for
``fresh_database`` (or ``server``): a copy of the migrated template, thrown away afterwards. The
ledger's tables are append-only, so Django's flush could not empty them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import override_settings
from django.test.utils import setup_databases, teardown_databases
from hypothesis import HealthCheck
from hypothesis import settings as properties
from pytest_django.live_server_helper import LiveServer

from tests import staging
from tests.databases import TemplateDatabase, application_role

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path

    from _pytest.terminal import TerminalReporter
    from pytest_django import DjangoDbBlocker

# How long an example takes says more about the machine than about the code.
properties.register_profile("trellis", deadline=None, suppress_health_check=[HealthCheck.too_slow])
properties.load_profile("trellis")

deselected = pytest.StashKey[dict[str, int]]()


# --------------------------------------------------------------- databases


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
    django_db_use_migrations: bool,
    django_db_modify_db_settings: None,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[TemplateDatabase]:
    """The owner makes the database and its guards; the application's role then serves the tests.

    pytest-django's own fixture makes no database when every test of a run asks for
    ``fresh_database``: they would then copy the real one.
    """
    if not django_db_use_migrations:
        settings.MIGRATION_MODULES = {app.label: None for app in apps.get_app_configs()}
    with django_db_blocker.unblock():
        made = setup_databases(
            verbosity=0,
            interactive=False,
            aliases={DEFAULT_DB_ALIAS: True},
            serialized_aliases=[],
        )
    wrapper = connections[DEFAULT_DB_ALIAS]
    with application_role(wrapper, django_db_blocker):
        with django_db_blocker.unblock():
            template = TemplateDatabase.of(wrapper, tmp_path_factory.mktemp("databases"))
        staging.stages = staging.Stages(wrapper, template)
        yield template
        with django_db_blocker.unblock():
            staging.stages.close()
            wrapper.close()
        staging.stages = None
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


@pytest.fixture
def fresh_database(
    django_db_setup: TemplateDatabase, django_db_blocker: DjangoDbBlocker
) -> Iterator[TemplateDatabase]:
    """A database of one's own, for a test that commits; its ``url`` is for other processes.

    ``owner()`` and ``application()`` open raw second connections to it.
    """
    with django_db_blocker.unblock(), django_db_setup.copied():
        yield django_db_setup


@pytest.fixture
def server(fresh_database: TemplateDatabase) -> Iterator[LiveServer]:
    """The application on a port of its own, over a ``fresh_database``."""
    del fresh_database
    live = LiveServer("127.0.0.1")
    with override_settings(ALLOWED_HOSTS=["127.0.0.1", "testserver"], SITE_URL=live.url):
        yield live
        live.stop()


@pytest.fixture
def transactional_db() -> None:
    """Also what ``live_server`` and ``django_db(transaction=True)`` would end in."""
    pytest.fail("ask for fresh_database (or server): the ledger's tables cannot be flushed")


@pytest.fixture(autouse=True)
def media(tmp_path: Path) -> Iterator[None]:
    """Files that a test stores go with the test."""
    with override_settings(MEDIA_ROOT=str(tmp_path / "media")):
        yield


# ----------------------------------------------------------- what was left


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        marker = item.get_closest_marker("django_db")
        if marker and (marker.kwargs.get("transaction") or marker.args):
            raise pytest.UsageError(f"{item.nodeid}: use fresh_database, not transaction=True")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Function) -> Generator[None, object, object]:
    """A test that rolls back may be handed a world that was made before."""
    rolls_back = item.get_closest_marker("django_db") or "db" in item.fixturenames
    if staging.stages is None or not rolls_back or "fresh_database" in item.fixturenames:
        return (yield)
    with staging.stages.for_a_test():
        return (yield)


def pytest_deselected(items: list[pytest.Item]) -> None:
    counts = items[0].config.stash.setdefault(deselected, {}) if items else {}
    for item in items:
        for mark in ("postgres", "browser", "broker"):
            if item.get_closest_marker(mark):
                counts[mark] = counts.get(mark, 0) + 1


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A worker tells the controller what it left out."""
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["deselected"] = session.config.stash.get(deselected, {})


@pytest.fixture(autouse=True)
def _answers_keep_the_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading a file to its end ends the request; inside a test's transaction nothing is closed."""
    close = BaseDatabaseWrapper.close_if_unusable_or_obsolete

    def outside_a_transaction(wrapper: BaseDatabaseWrapper) -> None:
        if not wrapper.in_atomic_block:
            close(wrapper)

    monkeypatch.setattr(BaseDatabaseWrapper, "close_if_unusable_or_obsolete", outside_a_transaction)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Each worker collects the same tests, so one worker's count is the run's."""
    told = getattr(node, "workeroutput", {}).get("deselected", {})
    node.config.stash.setdefault(deselected, {}).update(told)


def pytest_terminal_summary(terminalreporter: TerminalReporter, config: pytest.Config) -> None:
    left = config.stash.get(deselected, {})
    if not left:
        return
    terminalreporter.section("not covered by this run")
    for mark, count in sorted(left.items()):
        terminalreporter.line(f"{count} tests that need: {mark}")
    terminalreporter.line(".ci/run runs all of them.")
