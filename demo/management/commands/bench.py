"""``manage.py bench``: what pages cost with 1,000 and 10,000 proposals, and what postings cost."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.test.utils import override_settings

from core import clock
from demo.bench import load, report, story
from demo.bench.ledger import server
from demo.voice import Voice

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from demo.bench.meter import Cost
    from demo.bench.world import Tell, World

SIZES = (1_000, 10_000)
ENTRIES = (10_000, 1_000_000)
MANY = 10_000_000
ROUNDS = 2


class Command(BaseCommand):
    help = "Measure pages and the ledger, in databases and on a server of its own."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", nargs="*", metavar="pages|ledger", help="both by default")
        parser.add_argument(
            "--ten-million", action="store_true", help="a posting among 10,000,000 entries too"
        )
        parser.add_argument(
            "--proposals", type=int, nargs="+", default=SIZES, help="how many, e.g. 1000 10000"
        )

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002  the framework's
        if connection.vendor != "sqlite":
            raise CommandError("bench makes a SQLite database of its own: leave DATABASE_URL out.")
        for part in options["what"] or PARTS:
            if part not in PARTS:
                raise CommandError(f"There is nothing to measure called {part!r}.")
            PARTS[part](self, options)

    def pages(self, options: dict[str, Any]) -> None:
        folder: Path = settings.VAR_DIR / "bench"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        voice = Voice()
        try:
            with override_settings(MEDIA_ROOT=str(folder / "media")):
                lines = list(measured(folder, sorted(options["proposals"]), voice))
        finally:
            connection.close()
            shutil.rmtree(folder, ignore_errors=True)
        voice.close()
        for line in lines:
            self.stdout.write(line)
        self.stdout.write(f"Took {voice.seconds:.0f} s, at most {peak_mib():.0f} MiB of memory.")

    def ledger(self, options: dict[str, Any]) -> None:
        """On PostgreSQL, on a server of its own, then on SQLite; each in a process of its own."""
        many = (MANY,) if options["ten_million"] else ()
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            with server.throwaway() as own:
                sizes = [str(size) for size in (*ENTRIES, *many)]
                place = [str(own.port), str(own.programs), folder]
                measure("postgresql", [*place, *sizes], database=own.url())
                measure("verified", [folder], database=own.url(server.VERIFIED))
            measure("sqlite", [folder], database=f"sqlite:///{folder}/ledger.sqlite3")


PARTS = {"pages": Command.pages, "ledger": Command.ledger}


def measure(part: str, arguments: list[str], *, database: str) -> None:
    """Raises ``CommandError`` when the measurement could not be made."""
    command = [sys.executable, "-m", f"demo.bench.ledger.{part}", *arguments]
    done = subprocess.run(command, env=os.environ | {"DATABASE_URL": database}, check=False)
    if done.returncode:
        raise CommandError(f"The measurement on {part} ended with {done.returncode}.")


def measured(folder: Path, sizes: list[int], voice: Voice) -> Iterator[str]:
    """The lines of a table for each world, and the comparison under them."""
    compared: list[str] = []
    for build in (load.world, story.world):
        world, costs = _costs(build, folder, sizes, voice)
        yield from ("", f"{world.name}, by number of proposals", "")
        yield from report.table(world.shown, costs)
        compared = compared or list(report.comparison(world.shown, costs[max(costs)]))
    yield from ("", *compared, "")


def _costs(
    build: Callable[[Tell], World], folder: Path, sizes: list[int], voice: Voice
) -> tuple[World, dict[int, dict[str, Cost]]]:
    """A world, built once and grown to each size in a copy of its own."""
    connection.close()
    for file in folder.glob("*.sqlite3*"):
        file.unlink()
    use(folder / "once.sqlite3")
    call_command("migrate", verbosity=0)
    world, files = build(voice.tell), {}
    for size in sizes:
        file = use(folder / f"{size}.sqlite3", copy_of=folder / "once.sqlite3")
        voice.tell("Copies", 0, size)
        files[world.grow(size)] = file
        voice.tell("Copies", size, size)
    return world, _of_pages(world, files, voice)


def _of_pages(world: World, files: dict[int, Path], voice: Voice) -> dict[int, dict[str, Cost]]:
    """Each page with few and with many in turn, ``ROUNDS`` times; what was cheaper counts.

    So both meet the same machine, and what else it does at a moment is not taken for the page's.
    """
    costs: dict[int, dict[str, Cost]] = {size: {} for size in files}
    for number, page in enumerate(world.shown, start=1):
        for size, file in [*files.items()] * ROUNDS:
            use(file)
            with clock.standing_at(world.now):
                found, cost = costs[size], page.measure()
            found[page.name] = min(cost, found.get(page.name, cost), key=lambda c: c.cpu_ms)
        voice.tell("Pages", number, len(world.shown))
    for file in files.values():
        use(file)
        world.check()
    return costs


def use(file: Path, *, copy_of: Path | None = None) -> Path:
    """Put the connection on a file; the one it leaves is whole then."""
    connection.close()
    if copy_of is not None:
        shutil.copyfile(copy_of, file)
    connection.settings_dict["NAME"] = str(file)
    return file


def peak_mib() -> float:
    """The most memory this process ever held, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
