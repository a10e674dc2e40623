"""``manage.py bench``: statements, processor time and size of every page, with 1,000 and 10,000."""

from __future__ import annotations

import resource
import shutil
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.test.utils import override_settings

from core import clock
from demo.bench import load, report, story
from demo.voice import Voice

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from demo.bench.meter import Cost
    from demo.bench.world import Tell, World

SIZES = (1_000, 10_000)
ROUNDS = 2


class Command(BaseCommand):
    help = "Measure the pages with many proposals, in SQLite databases of its own."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--proposals", type=int, nargs="+", default=SIZES, help="how many, e.g. 1000 10000"
        )

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002  the framework's
        if connection.vendor != "sqlite":
            raise CommandError("bench makes a SQLite database of its own: leave DATABASE_URL out.")
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
