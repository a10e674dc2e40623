"""Writes the ledger, or one book, into a new folder, with the file that verifies it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from ledger.actions.export import VERIFIER, export
from ledger.management.books import book_of

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    help = "Export the ledger with its checkpoints and a verifier that needs nothing but Python."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="is made, and must not exist")
        parser.add_argument("--book", help="the code of one book; all of them by default")

    def handle(self, *_args: object, **options: Any) -> None:
        folder: Path = options["folder"]
        if folder.exists():
            raise CommandError(f"{folder} exists already.")
        export(folder, book=book_of(options["book"]), progress=self._progress)
        self.stdout.write(f"Verify it anywhere: python3 -I -S {folder.joinpath(VERIFIER)}")

    def _progress(self, name: str, lines: int, *, over: bool) -> None:
        end = "\n" if over else "\r"
        self.stdout.write(f"{name:24}{lines:>12,}", ending=end)
        self.stdout.flush()
