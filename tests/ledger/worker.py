"""One officer in a process of their own: waits at the barrier and longer, then does as told.

    python -m tests.ledger.worker <barrier> <book id> <paper> <actor> <approver> <wait> < orders

An order is a line of JSON: idem, kind, debit, credit, key, amount; ``on`` is another day than
the usual one, ``hold`` the seconds until the commit. The answer to each is a line:
``posted <event id>`` or ``refused <sentence>``. ``{"close": day}`` closes the book through a day:
``closed <day>``. An order with ``what`` is one of ``tests.ledger.limits``.
"""

from __future__ import annotations

import functools
import json
import os
import sys
import time
import uuid
from datetime import date
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings_test")
django.setup()

from django.db import transaction  # noqa: E402  Django is set up first

from core.errors import DomainError  # noqa: E402  Django is set up first
from core.models import Document, Person  # noqa: E402  Django is set up first
from ledger import api  # noqa: E402  Django is set up first
from ledger.models import Book, Period  # noqa: E402  Django is set up first
from ledger.rules.chart import CHART, AccountType  # noqa: E402  Django is set up first
from tests.factories.ledger import AT, DAY  # noqa: E402  Django is set up first
from tests.ledger import limits  # noqa: E402  Django is set up first


def main() -> None:
    barrier, book, paper, actor, approver, wait = sys.argv[1:]
    people = Person.objects.in_bulk([actor, approver])
    one, two = people[uuid.UUID(actor)], people[uuid.UUID(approver)]
    document = Document.objects.get(pk=paper)
    orders = [json.loads(line) for line in sys.stdin]
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    while not Path(barrier).exists():
        time.sleep(0.002)
    time.sleep(float(wait))
    for order in orders:
        if "close" in order:
            closing = functools.partial(
                api.close_period, Book.objects.get(pk=book), document=document, approver=two
            )
            sys.stdout.write(_close(closing, one, date.fromisoformat(order["close"])) + "\n")
            continue
        if "what" in order:
            sys.stdout.write(_limited(order, int(book), document, one) + "\n")
            continue
        legs = [_leg(int(book), order)]
        on = date.fromisoformat(order["on"]) if "on" in order else DAY
        event = api.LedgerEvent(uuid.UUID(order["idem"]), order["kind"], document, on, legs, two)
        with transaction.atomic():
            sys.stdout.write(_answer(event, one) + "\n")
            sys.stdout.flush()
            time.sleep(order.get("hold", 0))


def _close(closing: functools.partial[Period], actor: Person, through: date) -> str:
    try:
        return f"closed {closing(through=through, actor=actor, at=AT).through}"
    except DomainError as refusal:
        return f"refused {refusal}"


def _limited(order: dict[str, str], book: int, document: Document, actor: Person) -> str:
    try:
        return f"posted {limits.act(order, book=book, document=document, actor=actor)}"
    except DomainError as refusal:
        return f"refused {refusal}"


def _leg(book: int, order: dict[str, str]) -> api.Leg:
    def key(kind: str) -> str:
        return order["key"] if CHART[AccountType(kind)].key else ""

    debit, credit = order["debit"], order["credit"]
    return api.leg(
        book,
        AccountType(debit),
        AccountType(credit),
        int(order["amount"]),
        frm=key(debit),
        to=key(credit),
    )


def _answer(event: api.LedgerEvent, actor: Person) -> str:
    try:
        posted = api.post(event, actor=actor, at=AT)
    except DomainError as refusal:
        return f"refused {refusal}"
    return f"posted {posted and posted.pk}"


if __name__ == "__main__":
    main()
