"""``manage.py draw_states``: docs/state-machines.md and its pictures, from the lifecycles."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import translation

from workflows.queries.machines import machines, page, svg


def files() -> dict[str, str]:
    """Path under docs/ → text, in English whatever the server speaks."""
    with translation.override("en"):
        found = machines()
        drawn = {f"state-machines/{machine.slug}.svg": svg(machine) for machine in found}
        return drawn | {"state-machines.md": page(found)}


class Command(BaseCommand):
    help = "Draw the state machines into docs/."

    def handle(self, *_args: Any, **_options: Any) -> None:
        for name, text in files().items():
            path = settings.BASE_DIR / "docs" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            self.stdout.write(str(path.relative_to(settings.BASE_DIR)))
