"""The product's own server over a copy of the demonstration."""

from __future__ import annotations

import json
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tests.browser.demonstration import ROOT, environment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PATIENCE = 60
WORKERS = ["--workers", "1", "--threads", "4", "--log-level", "warning"]


@contextmanager
def served(played: Path, folder: Path) -> Iterator[Server]:
    """A server over a copy of what was ``played``; ends with the block."""
    shutil.copytree(played, folder, dirs_exist_ok=True)
    server = Server(folder)
    server.start()
    try:
        yield server
    finally:
        server.stop()


class Server:
    """One process at one address; it may be started again there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.address = f"127.0.0.1:{_free_port()}"
        self.url = f"http://{self.address}"

    def start(self) -> None:
        """Until it answers."""
        command = [sys.executable, "-m", "gunicorn", "config.wsgi:application", *WORKERS]
        log = self.folder / "server.log"
        with log.open("a") as out:
            self.process = subprocess.Popen(
                [*command, "--bind", self.address],
                cwd=ROOT,
                env=environment(self.folder, self.url),
                stdout=out,
                stderr=subprocess.STDOUT,
            )
        try:
            _wait_for(self.url, self.process, log)
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """End it and wait for that."""
        self.process.terminate()
        self.process.wait(timeout=20)

    def stand_at(self, instant: datetime) -> None:
        """Move the demonstration's clock, which the server reads when it starts."""
        offset = instant - datetime.now(UTC)
        clock = json.dumps({"offset_seconds": round(offset.total_seconds())})
        self.stop()
        (self.folder / "clock.json").write_text(clock)
        self.start()

    def let_sessions_expire(self) -> None:
        """What the time does: they are there, but old."""
        with closing(sqlite3.connect(self.folder / "trellis.sqlite3", timeout=20)) as database:
            old = database.execute("UPDATE django_session SET expire_date = '2000-01-01 00:00:00'")
            database.commit()
        assert old.rowcount, "somebody is signed in"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        assert process.poll() is None, log.read_text()[-3000:]
        try:
            with urllib.request.urlopen(url, timeout=10):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
    raise AssertionError(f"No answer within {PATIENCE} s.\n{log.read_text()[-3000:]}")
