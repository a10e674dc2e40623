"""Checks every invariant of the ledger and every link of its chains; names what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from ledger.management.books import book_of
from ledger.models import Book, Entry
from ledger.queries.invariants import checks, invariants, since_checkpoint

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    help = "Check the ledger: sums, floors, the SME share, settlements, chains and checkpoints."

    def add_arguments(self, parser: ArgumentParser) -> None:
        scope = parser.add_mutually_exclusive_group()
        scope.add_argument("--book", help="the code of one book; all of them by default")
        scope.add_argument(
            "--since-checkpoint",
            action="store_true",
            help="only what happened since the last checkpoint; the rest by its heads",
        )
        parser.add_argument(
            "--root", action="append", default=[], help="a root that you were sent, in hex"
        )

    def handle(self, *_args: object, **options: Any) -> None:
        if options["since_checkpoint"]:
            violations, looked_at = since_checkpoint(held=options["root"])
        else:
            book = book_of(options["book"])
            violations, looked_at = invariants(book, held=options["root"]), None
        for violation in violations:
            self.stdout.write(str(violation))
        if violations:
            raise CommandError(f"{len(violations)} violations; the first is {violations[0]}")
        if looked_at is None:
            self._whole(book)
        else:
            entries = Entry.objects.count()
            self.stdout.write(
                f"{looked_at} entries since the last checkpoint hold, and every account is as its"
                f" checkpoint or its last entry says. The {entries - looked_at} older entries"
                " were not looked at."
            )

    def _whole(self, book: Book | None) -> None:
        books = 1 if book else Book.objects.count()
        entries = Entry.objects.filter(**({"account__book": book} if book else {})).count()
        self.stdout.write(
            f"{books} books, {entries} entries: {len(list(checks()))} checks and the chain hold."
        )
