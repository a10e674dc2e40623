"""Many processes post on the same accounts while things break; only the tables count afterwards.

    python -m tests.ledger.hammer --seconds 120
    python -m tests.ledger.hammer --seconds 30 --database sqlite
    python -m tests.ledger.hammer --seconds 10 --control order

Makes a database of its own in a temporary folder; PostgreSQL with ``initdb``. Ends with 1 when
anything was overspent, lost, doubled or deadlocked. ``--control`` takes a safeguard away first, to
show that its loss is seen: ``floors`` (overspent), ``keys`` (doubled), ``order`` (deadlocks),
``locks`` (violations) and ``durability`` (lost: commits are told before they are written).
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from tests.ledger.hammer.server import Server

CONTROLS = ("", "durability", "floors", "keys", "locks", "order")


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seconds", type=float, default=60)
    asked.add_argument("--workers", type=int, default=8)
    asked.add_argument("--database", choices=("postgresql", "sqlite"), default="postgresql")
    asked.add_argument("--control", choices=CONTROLS, default="")
    given = asked.parse_args()
    memory = Path("/dev/shm")  # a crash of the server, unlike one of the machine, leaves it be
    place = memory if memory.is_dir() else None
    with tempfile.TemporaryDirectory(prefix="hammer-", dir=place) as name:
        folder = Path(name)
        server = Server(folder, durable=given.control != "durability")
        if given.database == "sqlite":
            return _strike(given, folder, server=None, url=f"sqlite:///{folder / 'db.sqlite3'}")
        try:
            server.make()
            return _strike(given, folder, server=server, url=server.url(owner=True))
        finally:
            server.stop()


def _strike(given: argparse.Namespace, folder: Path, *, server: Server | None, url: str) -> int:
    os.environ["DATABASE_URL"] = url
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings_test"
    import django

    django.setup()
    from tests.ledger.hammer.controls import take_away
    from tests.ledger.hammer.foreman import Foreman
    from tests.ledger.hammer.site import Site

    site = Site(folder, server)
    site.prepare()
    if given.control and given.control != "durability":
        take_away(site, given.control)
    quick = given.seconds < 20
    verdict = Foreman(
        site,
        given.seconds,
        workers=given.workers,
        kills=2 if quick else int(given.seconds // 3),
        cuts=(2 if quick else int(given.seconds // 4)) if server else 0,
        narrow=given.control == "order",
        crashes=(1 if quick else max(1, int(given.seconds // 40))) if server else 0,
    ).run()
    sys.stdout.write(json.dumps(asdict(verdict)) + "\n")
    return 1 if verdict.faults else 0


if __name__ == "__main__":
    sys.exit(main())
