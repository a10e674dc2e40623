"""A real browser for the tests marked `browser`; `CHROMIUM` in the environment names it."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest
from django.db import connections
from playwright.sync_api import Browser, sync_playwright

from tests.browser import demonstration
from tests.browser.server import served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytest_django.live_server_helper import LiveServer

    from tests.browser.server import Server

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]


@pytest.fixture
def browser(server: LiveServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    """Chromium without a window, for one test, in front of the ``server``.

    Playwright keeps a loop running, in which Django takes connections of its own and refuses
    queries unless told that they are meant: so it starts after the server and ends before it.
    """
    del server
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()
        connections.close_all()


@pytest.fixture(scope="session")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the demonstration: played once for all workers, never served itself."""
    mine = tmp_path_factory.getbasetemp()
    run = mine.parent if "PYTEST_XDIST_WORKER" in os.environ else mine
    return demonstration.played_in(run / "demo")


@pytest.fixture(scope="module")
def demo_server(played: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the product's own server over a copy of the demonstration."""
    with served(played, tmp_path_factory.mktemp("served")) as server:
        yield server.url


@pytest.fixture
def own_server(played: Path, tmp_path: Path) -> Iterator[Server]:
    """The same for one test alone, which may move its clock and end its sessions."""
    with served(played, tmp_path) as server:
        yield server


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Chromium without a window, for a module that talks to nothing but ``demo_server``."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield opened
        opened.close()
