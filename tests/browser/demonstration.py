"""The demonstration, played once a run, copied and served by the product's own server."""

from __future__ import annotations

import fcntl
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent.parent
READY = "TRELLIS_DEMO_READY"
LAST_FILE = "clock.json"
PATIENCE = 60


def environment(folder: Path, address: str = "") -> dict[str, str]:
    """What the demo's commands see: nothing of the tests' own settings."""
    mine = ("DJANGO_SETTINGS_MODULE", "DATABASE_URL", "EMAIL_URL", "SITE_URL", "SECRET_KEY")
    kept = {name: value for name, value in os.environ.items() if name not in mine}
    kept.pop("ALLOWED_HOSTS", None)
    return kept | {
        "TRELLIS_DEMO": "1",
        "TRELLIS_VAR": str(folder),
        "SITE_URL": address or "http://127.0.0.1:8000",
    }


def played_in(folder: Path) -> Path:
    """The demonstration in ``folder``: whoever comes first plays it, the others wait for that.

    Or the folder that the environment says is ready.
    """
    ready = os.environ.get(READY)
    if ready:
        return Path(ready)
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / LAST_FILE).exists():
            _play(folder)
    return folder


def _play(folder: Path) -> None:
    command = [sys.executable, "manage.py", "demo"]
    played = subprocess.run(
        command, cwd=ROOT, env=environment(folder), capture_output=True, text=True, check=False
    )
    assert played.returncode == 0, played.stderr[-3000:]


@contextmanager
def served(played: Path, folder: Path) -> Iterator[str]:
    """The address of a server over a copy of what was ``played``; ends with the block."""
    shutil.copytree(played, folder, dirs_exist_ok=True)
    address = f"127.0.0.1:{_free_port()}"
    url = f"http://{address}"
    command = [sys.executable, "-m", "gunicorn", "config.wsgi:application", "--bind", address]
    log = folder / "server.log"
    with log.open("w") as out:
        process = subprocess.Popen(
            [*command, "--workers", "1", "--threads", "4", "--log-level", "warning"],
            cwd=ROOT,
            env=environment(folder, url),
            stdout=out,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait_for(url, process, log)
            yield url
        finally:
            process.terminate()
            process.wait(timeout=20)


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
