"""manage.py seed_keywords: the tree of expertise, from the file kept with the code."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from parties.actions import keyword


class Command(BaseCommand):
    help = "Write the keywords of expertise that are missing."

    def handle(self, *args: Any, **options: Any) -> None:
        """Repeatable: what is there stays."""
        del args, options
        self.stdout.write(f"{keyword.seed()} keywords written")
