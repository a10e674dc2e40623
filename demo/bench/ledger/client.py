"""One client in a process of its own: posts for some seconds, says how many it managed.

    python -m demo.bench.ledger.client HOW ACCOUNTS SECONDS NUMBER < world as JSON

It waits for a line after it has said ``ready``, so that all begin at once.
"""

from __future__ import annotations

import json
import os
import random
import sys
import uuid
from datetime import UTC, datetime
from hashlib import sha256
from time import monotonic, process_time
from typing import TYPE_CHECKING, Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.db import connection, models, transaction  # noqa: E402  Django is set up first

from demo.bench.ledger.worlds import AT, DAY, VOUCHERS, World  # noqa: E402  Django is set up first
from ledger.models import Event  # noqa: E402  Django is set up first
from ledger.rules import chain  # noqa: E402  Django is set up first
from ledger.rules.chart import code_of  # noqa: E402  Django is set up first

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.models import Document, Person
    from ledger.models import Book

INSERT = """
INSERT INTO ledger_event (idem, book_id, kind, document_id, effective_on, at, recorded_at,
  actor_id, legs, lines, payload_sha256)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, 1, %s::jsonb, %s) RETURNING id
"""


class RivalAccount(models.Model):
    balance = models.BigIntegerField()
    version = models.BigIntegerField()
    head = models.BinaryField()

    class Meta:
        app_label = "demo"
        managed = False
        db_table = "rival_account"


class RivalPosting(models.Model):
    idem = models.UUIDField()
    debit_id = models.BigIntegerField()
    credit_id = models.BigIntegerField()
    amount = models.BigIntegerField()

    class Meta:
        app_label = "demo"
        managed = False
        db_table = "rival_posting"


class RivalEntry(models.Model):
    posting_id = models.BigIntegerField()
    account_id = models.BigIntegerField()
    seq = models.BigIntegerField()
    amount = models.BigIntegerField()
    balance_after = models.BigIntegerField()
    hash = models.BinaryField()

    class Meta:
        app_label = "demo"
        managed = False
        db_table = "rival_entry"


class Ours:
    """Complete postings, by the ORM's ``create`` or by one statement of a cursor."""

    def __init__(self, world: World, number: int, *, is_hot: bool) -> None:
        self.book: Book
        self.paper: Document
        self.person: Person
        self.book, self.paper, self.person = world.loaded(number)
        self.is_hot = is_hot
        self.random = random.Random(number)
        self.cursor = connection.cursor()

    def next(self) -> tuple[str, list[Any], str]:
        """Kind, line and payload of the next posting of one cent."""
        if self.is_hot:
            kind, debit, credit, key = "own_money_in", "P.BANK", "P.OWN", ""
        else:
            kind, debit, credit = "claim_submitted", "B.VCH", "B.CLAIM"
            key = f"v{self.random.randrange(VOUCHERS)}"
        code = self.book.code
        payload = chain.payload(
            kind,
            document_sha256=self.paper.sha256,
            effective_on=DAY,
            legs=[(code_of(code, debit, key), code_of(code, credit, key), 1)],
        )
        return kind, [debit, key, credit, key, 1], payload

    def create(self) -> None:
        kind, line, payload = self.next()
        Event.objects.create(
            idem=uuid.uuid4(),
            book=self.book,
            kind=kind,
            document=self.paper,
            effective_on=DAY,
            at=AT,
            recorded_at=datetime.now(UTC),
            actor=self.person,
            legs=1,
            lines=[line],
            payload_sha256=payload,
        )

    def call(self) -> None:
        kind, line, payload = self.next()
        self.cursor.execute(
            INSERT,
            (
                uuid.uuid4(),
                self.book.pk,
                kind,
                self.paper.pk,
                DAY,
                AT,
                datetime.now(UTC),
                self.person.pk,
                json.dumps([line]),
                payload,
            ),
        )
        self.cursor.fetchone()


class Orm:
    """The usual way: lock both accounts, work it out in Python, write four rows back."""

    def __init__(self, _world: World, number: int, *, is_hot: bool) -> None:
        self.is_hot = is_hot
        self.random = random.Random(number)

    def post(self) -> None:
        debit, credit = self._pair()
        with transaction.atomic():
            locked = RivalAccount._default_manager.select_for_update().order_by("id")
            rows = {row.pk: row for row in locked.filter(pk__in=[debit, credit])}
            posting = RivalPosting._default_manager.create(
                idem=uuid.uuid4(), debit_id=debit, credit_id=credit, amount=1
            )
            for pk, amount in ((debit, 1), (credit, -1)):
                row = rows[pk]
                row.balance += amount
                row.version += 1
                signed = f"{posting.idem}{pk}{row.version}{amount}{row.balance}".encode()
                row.head = sha256(bytes(row.head) + signed).digest()
                row.save(update_fields=["balance", "version", "head"])
                RivalEntry._default_manager.create(
                    posting_id=posting.pk,
                    account_id=pk,
                    seq=row.version,
                    amount=amount,
                    balance_after=row.balance,
                    hash=row.head,
                )

    def _pair(self) -> tuple[int, int]:
        if self.is_hot:
            return 1, 2
        first = self.random.randrange(1, VOUCHERS + 1)
        return first, first + VOUCHERS


def main() -> None:
    how, accounts, seconds, number = sys.argv[1:]
    world = World(**json.loads(sys.stdin.readline()))
    act = _act(how, world, int(number), is_hot=accounts == "hot")
    for _warm in range(20):
        act()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    done, spent, end = 0, process_time(), monotonic() + float(seconds)
    while monotonic() < end:
        act()
        done += 1
    cpu_us = (process_time() - spent) / max(done, 1) * 1e6
    sys.stdout.write(json.dumps({"done": done, "cpu_us": cpu_us}) + "\n")


def _act(how: str, world: World, number: int, *, is_hot: bool) -> Callable[[], None]:
    if how == "orm":
        return Orm(world, number, is_hot=is_hot).post
    ours = Ours(world, number, is_hot=is_hot)
    return ours.create if how == "create" else ours.call


if __name__ == "__main__":
    main()
