"""A PostgreSQL of one's own in a temporary folder: durable, and stopped as a power cut would."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import socket
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

OWNER, APPLICATION, NAME = "trellis_owner", "trellis_app", "trellis"
CONF = """
listen_addresses = '127.0.0.1'
max_connections = 60
fsync = on
full_page_writes = on
synchronous_commit = {commit}
wal_writer_delay = {delay}
wal_writer_flush_after = {unwritten}
deadlock_timeout = 200ms
jit = off
"""


def binaries() -> Path | None:
    """Where the newest PostgreSQL keeps its programs; None where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_version)
    path = found[-1] if found else shutil.which("initdb")
    return Path(path).resolve().parent if path else None


def _version(path: Path) -> float:
    return float(path.parts[-3])


@dataclass
class Server:
    """``durable=False`` tells commits before they are on the disk: a negative control."""

    folder: Path
    durable: bool = True
    port: int = field(init=False)
    password: str = field(default_factory=lambda: secrets.token_hex(12))

    def __post_init__(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]

    @property
    def data(self) -> Path:
        return self.folder / "postgres"

    @property
    def log(self) -> Path:
        return self.data / "log"

    def url(self, *, owner: bool = False) -> str:
        at = f"{OWNER}:{self.password}@127.0.0.1:{self.port}/{NAME}"
        return f"postgresql://{at}" + ("" if owner else f"?assume_role={APPLICATION}")

    def make(self) -> None:
        """``initdb``, two roles and an empty database."""
        self.data.mkdir()
        secret = self.folder / "password"
        secret.write_text(self.password)
        if os.getuid() == 0:
            account = pwd.getpwnam("postgres")
            for path in (self.data, secret):
                os.chown(path, account.pw_uid, account.pw_gid)
            self.folder.chmod(0o755)
        self._run(
            "initdb", "-D", str(self.data), "-U", "postgres", f"--pwfile={secret}",
            "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync",
        )  # fmt: skip
        keys = ("commit", "delay", "unwritten")
        said = ("on", "200ms", "1MB") if self.durable else ("off", "10s", "1GB")
        with (self.data / "postgresql.conf").open("a") as conf:
            conf.write(CONF.format(**dict(zip(keys, said, strict=True))))
            conf.write(f"port = {self.port}\nunix_socket_directories = '{self.data}'\n")
        self.start()
        self.sql(f"CREATE ROLE {APPLICATION} LOGIN PASSWORD '{self.password}'", "postgres")
        self.sql(
            f"CREATE ROLE {OWNER} LOGIN CREATEDB PASSWORD '{self.password}' IN ROLE {APPLICATION}",
            "postgres",
        )
        self.sql(f"CREATE DATABASE {NAME} OWNER {OWNER}", "postgres")

    def start(self) -> None:
        self._run(
            "pg_ctl", "-D", str(self.data), "-l", str(self.log), "-w", "-t", "60", "-s", "start"
        )

    def crash(self) -> None:
        """Every process of the server is gone at once; it recovers from its log."""
        self._run("pg_ctl", "-D", str(self.data), "-m", "immediate", "-w", "-s", "stop")
        self.start()

    def stop(self) -> None:
        if (self.data / "postmaster.pid").exists():
            self._run("pg_ctl", "-D", str(self.data), "-m", "immediate", "-w", "-s", "stop")

    def sql(self, statement: str, database: str = NAME) -> list[tuple[object, ...]]:
        """One statement as the administrator."""
        import psycopg

        with psycopg.connect(
            host="127.0.0.1",
            port=self.port,
            dbname=database,
            user="postgres",
            password=self.password,
            autocommit=True,
        ) as connection:
            cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def deadlocks(self) -> int:
        """Counted in the server's own log: its statistics do not outlive a crash."""
        return self.log.read_text().count("deadlock detected")

    def _run(self, program: str, *arguments: str) -> None:
        found = binaries()
        assert found, "PostgreSQL is not installed"
        command = [str(found / program), *arguments]
        if os.getuid() == 0:
            command = ["runuser", "-u", "postgres", "--", *command]
        subprocess.run(command, check=True, cwd=self.data, stdout=subprocess.DEVNULL, timeout=120)
