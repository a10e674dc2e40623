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
from demo.bench import load, pages, report
from demo.voice import Voice

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from pathlib import Path

    from demo.bench.meter import Cost

SIZES = (1_000, 10_000)


class Command(BaseCommand):
    help = "Measure the pages with many proposals, in a SQLite database of its own."

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
        try:
            with override_settings(MEDIA_ROOT=str(folder / "media")):
                self._measure(folder, sorted(options["proposals"]))
        finally:
            connection.close()
            shutil.rmtree(folder, ignore_errors=True)

    def _measure(self, folder: Path, sizes: list[int]) -> None:
        voice = Voice()
        use(folder / "once.sqlite3")
        call_command("migrate", verbosity=0)
        made = load.build(voice.tell)
        shown, costs = pages.pages(made), {}
        for size in sizes:
            use(folder / f"{size}.sqlite3", copy_of=folder / "once.sqlite3")
            voice.tell("Copies", 0, size)
            found = load.grow(made, to=size)
            voice.tell("Copies", size, size)
            costs[found] = self._costs(made, shown, voice, found)
        voice.close()
        for line in (*report.table(shown, costs), "", report.TO_BEAT):
            self.stdout.write(line)
        self.stdout.write(f"Took {voice.seconds:.0f} s, at most {peak_mib():.0f} MiB of memory.")

    @staticmethod
    def _costs(
        made: load.Load, shown: list[pages.Page], voice: Voice, size: int
    ) -> dict[str, Cost]:
        found = {}
        with clock.standing_at(load.NOW):
            for number, page in enumerate(shown, start=1):
                found[page.name] = page.measure()
                voice.tell(f"Pages of {size:,}", number, len(shown))
        load.check(made)
        return found


def use(file: Path, *, copy_of: Path | None = None) -> None:
    """Put the connection on a file; the one it leaves is whole then."""
    connection.close()
    if copy_of is not None:
        shutil.copyfile(copy_of, file)
    connection.settings_dict["NAME"] = str(file)


def peak_mib() -> float:
    """The most memory this process ever held, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
