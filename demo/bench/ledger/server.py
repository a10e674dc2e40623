"""A PostgreSQL server of the measurement's own, durable, and gone afterwards."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.core.management import CommandError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

DATABASE, VERIFIED, RIVAL = "bench", "verified", "hordak"
OWNER = "postgres"
SETTINGS = """
listen_addresses = '127.0.0.1'
max_connections = 60
shared_buffers = 256MB
max_wal_size = 4GB
jit = off
"""


@dataclass(frozen=True)
class Server:
    """Durable as PostgreSQL comes: fsync and synchronous_commit are on."""

    port: int
    programs: Path

    def url(self, database: str = DATABASE) -> str:
        return f"postgresql://{OWNER}@127.0.0.1:{self.port}/{database}"

    def program(self, name: str, *arguments: str) -> str:
        """What ``name`` (psql, pgbench) of this PostgreSQL writes."""
        place = ["-h", "127.0.0.1", "-p", str(self.port), "-U", OWNER]
        command = [str(self.programs / name), *place, *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise CommandError(f"{name}: {done.stderr.strip()}")
        return done.stdout


@contextmanager
def throwaway() -> Iterator[Server]:
    """Start a server on a free port of this machine, in a folder that is removed afterwards."""
    programs = _programs()
    with tempfile.TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True) as folder:
        data, port = Path(folder) / "data", _free_port()
        data.mkdir()
        if os.geteuid() == 0:
            shutil.chown(folder, OWNER)
            shutil.chown(data, OWNER)
        _as_owner([programs / "initdb", "-D", data, "-U", OWNER, "--auth=trust", "-E", "UTF8"])
        with (data / "postgresql.conf").open("a") as file:
            file.write(f"port = {port}\nunix_socket_directories = '{data}'\n{SETTINGS}")
        control: list[str | Path] = [programs / "pg_ctl", "-D", data, "-s", "-w"]
        _as_owner([*control, "-l", data / "log", "start"])
        try:
            server = Server(port, programs)
            for database in (DATABASE, VERIFIED, RIVAL):
                server.program("createdb", database)
            yield server
        finally:
            _as_owner([*control, "-m", "immediate", "stop"])


def _programs() -> Path:
    """Where initdb, pg_ctl and pgbench are. Raises ``CommandError`` when they are not."""
    found = shutil.which("pg_config")
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: p.parent.name)
    if found:
        told = subprocess.run([found, "--bindir"], capture_output=True, text=True, check=True)
        folders.append(Path(told.stdout.strip()))
    for folder in reversed(folders):
        if all((folder / name).exists() for name in ("initdb", "pg_ctl", "pgbench", "createdb")):
            return folder
    raise CommandError(
        "PostgreSQL's own programs are needed (initdb, pg_ctl, pgbench), and were not found. "
        "On Debian or Ubuntu: apt-get install postgresql."
    )


def _as_owner(command: Sequence[str | Path]) -> None:
    """PostgreSQL refuses to run as root."""
    prefix = ["runuser", "-u", OWNER, "--"] if os.geteuid() == 0 else []
    done = subprocess.run(
        [*prefix, *map(str, command)], capture_output=True, text=True, check=False, cwd="/"
    )
    if done.returncode:
        raise CommandError(f"{command[0]}: {done.stderr.strip() or done.stdout.strip()}")


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port
