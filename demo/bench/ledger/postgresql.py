"""The measurement on PostgreSQL, in a process whose database is the throwaway server's.

DATABASE_URL=… python -m demo.bench.ledger.postgresql PORT PROGRAMS FOLDER [ENTRIES…]
"""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path
from typing import TYPE_CHECKING

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.core.management import call_command  # noqa: E402  Django is set up first
from django.db import connection  # noqa: E402  Django is set up first

from demo.bench.ledger import bulk, race, worlds  # noqa: E402  Django is set up first
from demo.bench.ledger.server import RIVAL, Server  # noqa: E402  Django is set up first
from demo.voice import Voice  # noqa: E402  Django is set up first

if TYPE_CHECKING:
    from collections.abc import Sequence

HORDAK = ("django-hordak==2.0.0", "psycopg[binary]", "Django<5.3")


def main() -> None:
    port, programs, folder, *sizes = sys.argv[1:]
    server = Server(int(port), Path(programs))
    voice = Voice()
    call_command("migrate", verbosity=0)
    world = worlds.make()
    with connection.cursor() as cursor:
        cursor.execute(worlds.RAW)
    lines = list(bulk.issues(world, voice.tell))
    worlds.claim_once(world)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    runner = race.Runner(server, world, Path(folder), hordak_client(server, Path(folder)))
    lines += ["", *race.races(runner, voice.tell), ""]
    lines += bulk.growth(world, [int(size) for size in sizes], voice.tell)
    voice.close()
    sys.stdout.write("\n".join(["", *lines, ""]))


def hordak_client(server: Server, folder: Path) -> Sequence[str] | None:
    """A client of django-hordak in an environment of its own; None when it can't be had."""
    place = folder / "hordak"
    python = place / "bin" / "python"
    try:
        venv.create(place, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "-q", *HORDAK], check=True, timeout=300)
    except (subprocess.SubprocessError, OSError) as error:
        sys.stdout.write(f"  django-hordak is left out: {error}\n")
        return None
    client = [str(python), str(Path(__file__).parent / "hordak_client.py"), server.url(RIVAL)]
    subprocess.run([*client, "set-up"], check=True, timeout=300)
    return client


if __name__ == "__main__":
    main()
