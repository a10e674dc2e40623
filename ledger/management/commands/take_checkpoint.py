"""Signs the ledger as it is now; prints the root, which is worth keeping elsewhere."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core import clock
from core.errors import DomainError
from ledger.actions import signing
from ledger.actions.checkpoint import take_checkpoint


class Command(BaseCommand):
    help = "Take a checkpoint of the ledger: its root is signed, printed and mailed to auditors."

    def handle(self, *_args: object, **_options: Any) -> None:
        try:
            taken = take_checkpoint(at=clock.now())
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        if taken is None:
            self.stdout.write("The ledger is empty.")
            return
        self.stdout.write(
            f"checkpoint {taken.n}: {taken.accounts} accounts, {taken.entries} entries\n"
            f"root {bytes(taken.root).hex()}\n"
            f"key  {signing.fingerprint(bytes(taken.public_key))}"
        )
