"""Checks every invariant of the ledger and every link of its chains; names what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from ledger.models import Book, Entry
from ledger.queries.invariants import checks, invariants

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    help = "Check the ledger: sums, floors, the SME share, settlements and the chain of hashes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--book", help="the code of one book; all of them by default")

    def handle(self, *_args: object, **options: Any) -> None:
        book = self._book(options["book"])
        violations = invariants(book)
        for violation in violations:
            self.stdout.write(str(violation))
        if violations:
            raise CommandError(f"{len(violations)} violations; the first is {violations[0]}")
        books = 1 if book else Book.objects.count()
        entries = Entry.objects.filter(**({"account__book": book} if book else {})).count()
        self.stdout.write(
            f"{books} books, {entries} entries: {len(list(checks()))} checks and the chain hold."
        )

    @staticmethod
    def _book(code: str | None) -> Book | None:
        if code is None:
            return None
        try:
            return Book.objects.get(code=code)
        except Book.DoesNotExist as missing:
            raise CommandError(f"There is no book {code}.") from missing
