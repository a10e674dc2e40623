"""The demonstration, played once a run, and what its commands see."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from pathlib import Path

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
