"""Tables without a chain whose rows every checkpoint signs and every export carries.

A table joins by a line in ``TABLES``. Its rows must be append-only. ``columns`` say what is
signed and where it is read: never a serial id, but the code, hash or key it stands for.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.apps import apps

from ledger.rules import checkpoint

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ledger.models import Book


@dataclass(frozen=True, slots=True)
class Table:
    """``key``: the columns that name a row; where several have the same, they are counted.

    ``book``: the path to its book, "" without one.
    """

    label: str
    key: tuple[str, ...]
    columns: Mapping[str, str]
    book: str = ""

    def rows(self, book: Book | None = None) -> Iterator[dict[str, object]]:
        """The rows in a form and an order that are the same on every database."""
        model = apps.get_model(self.label)
        found = model._default_manager.all()
        if book is not None:
            found = found.filter(**{self.book: book.pk}) if self.book else found.none()
        values = found.values_list(*self.columns.values())
        rows: list[dict[str, Any]] = [
            dict(zip(self.columns, map(checkpoint.plain, row), strict=True)) for row in values
        ]
        times: Counter[str] = Counter()
        for row in sorted(rows, key=lambda row: [row[name] for name in (*self.key, *row)]):
            key = "/".join(str(row[name]) for name in self.key)
            times[key] += 1
            yield {"key": f"{key}/{times[key]}" if times[key] > 1 else key, **row}


def _same(*names: str) -> dict[str, str]:
    return {name: name for name in names}


TABLES: dict[str, Table] = {
    "books": Table(
        "ledger.Book",
        key=("book",),
        columns={"book": "code", "share_n": "share_n", "share_d": "share_d"},
        book="pk",
    ),
    "settlements": Table(
        "ledger.Settlement",
        key=("book", "n"),
        columns={
            "book": "book__code",
            "document": "document__sha256",
            "actor": "actor_id",
            "approver": "approver_id",
            **_same(
                "n",
                "share_n",
                "share_d",
                "grant_max",
                "s_accepted",
                "c_accepted",
                "payable",
                "sme_part",
                "coord_part",
                "s_seq",
                "c_seq",
                "at",
                "recorded_at",
            ),
        },
        book="book",
    ),
    "periods": Table(
        "ledger.Period",
        key=("book", "through"),
        columns={
            "book": "book__code",
            "document": "document__sha256",
            "actor": "actor_id",
            "approver": "approver_id",
            **_same("through", "at", "recorded_at"),
        },
        book="book",
    ),
    "snapshots": Table(
        "ledger.Snapshot",
        key=("account", "through"),
        columns={
            "account": "account__code",
            "through": "period__through",
            **_same("seq", "balance"),
        },
        book="account__book",
    ),
    "bank_balances": Table(
        "ledger.BankBalance",
        key=("book", "day", "at"),
        columns={
            "book": "book__code",
            "document": "document__sha256",
            "actor": "actor_id",
            **_same("day", "cents", "at"),
        },
        book="book",
    ),
    "aid": Table(
        "ledger.Aid",
        key=("idem",),
        columns={
            "enterprise": "holder__key",
            "country": "holder__country",
            "corrects": "corrects__idem",
            "event": "event__idem",
            "document": "document__sha256",
            "actor": "actor_id",
            **_same("idem", "granted_on", "leaves_on", "years", "cents", "ceiling_cents"),
            **_same("granted_by", "at"),
        },
    ),
    "undertakings": Table(
        "ledger.AidMember",
        key=("enterprise", "country", "root"),
        columns={
            "enterprise": "holder__key",
            "country": "holder__country",
            "root": "root__key",
        },
    ),
}


def digests() -> Iterator[tuple[str, str, bytes]]:
    """Table, key and digest of every row there is now."""
    for name, table in TABLES.items():
        for row in table.rows():
            yield name, str(row["key"]), checkpoint.row_digest(name, checkpoint.line(row))
