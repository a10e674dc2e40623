"""The tree of expertise, from a file kept with the code."""

from __future__ import annotations

import json
from pathlib import Path

from django.db import transaction
from django.utils.text import slugify

from parties.models import Keyword

SOURCE = Path(__file__).resolve().parent.parent / "data" / "keywords.json"


@transaction.atomic
def seed() -> int:
    """Write every keyword of the file that is missing; none is ever removed. Returns how many.

    The first fourteen branches are the industrial ecosystems of the European industrial strategy
    (COM(2021) 350), the others cut across them.
    """
    tree: dict[str, list[str]] = json.loads(SOURCE.read_text(encoding="utf-8"))
    written = 0
    for branch, topics in tree.items():
        parent, created = Keyword.objects.get_or_create(
            code=slugify(branch), defaults={"label": branch}
        )
        written += created
        for topic in topics:
            _topic, created = Keyword.objects.get_or_create(
                code=f"{parent.code}-{slugify(topic)}"[:60],
                defaults={"label": topic, "parent": parent},
            )
            written += created
    return written
