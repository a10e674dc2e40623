"""manage.py enrol ADDRESS NAME: write down a person of the house whose address is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from core.errors import DomainError
from parties.actions import person

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    help = "Write down a person; they set a password by “I cannot sign in”."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("full_name")

    def handle(self, *args: Any, **options: Any) -> None:
        """Refused when the address has an account already."""
        del args
        try:
            enrolled = person.enrol(email=options["email"], full_name=options["full_name"])
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{enrolled.full_name} <{enrolled.email}>")
