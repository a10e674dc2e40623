"""In a process of its own: waits at the barrier, then posts and takes checkpoints in turn.

python -m tests.ledger.checkpointer <barrier file> <book id> <paper> <actor> <approver>
"""

from __future__ import annotations

import os
import sys
import time
import uuid
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings_test")
django.setup()

from core.models import Document, Person  # noqa: E402  Django is set up first
from ledger import api  # noqa: E402  Django is set up first
from ledger.actions.checkpoint import take_checkpoint  # noqa: E402  Django is set up first
from ledger.rules.chart import AccountType as T  # noqa: E402  Django is set up first
from tests.factories.ledger import AT, DAY  # noqa: E402  Django is set up first


def main() -> None:
    barrier, book, paper, actor, approver = sys.argv[1:]
    people = Person.objects.in_bulk([actor, approver])
    one, two = people[uuid.UUID(actor)], people[uuid.UUID(approver)]
    document = Document.objects.get(pk=paper)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    while not Path(barrier).exists():
        time.sleep(0.002)
    for _ in range(10):
        legs = [api.leg(int(book), T.BANK, T.OWN, 1)]
        event = api.LedgerEvent(uuid.uuid4(), api.Kind.OWN_MONEY_IN, document, DAY, legs, two)
        api.post(event, actor=one, at=AT)
        taken = take_checkpoint(at=AT)
        sys.stdout.write(f"taken {taken}\n")


main()
