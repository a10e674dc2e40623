"""Random lives of grants: the ledger and its model agree on each step of each.

``LEDGER_LIVES=3000`` walks that many instead of a few; ``-s`` shows what they came to.
"""

from __future__ import annotations

import os
import sys
from collections import Counter

import pytest

from ledger import api
from tests.ledger.lives import live

FEW = 25
LIVES = int(os.environ.get("LEDGER_LIVES", FEW))
FIRST = int(os.environ.get("LEDGER_SEED", "0"))


@pytest.mark.django_db
def test_every_life_ends_settled_as_its_model_says() -> None:
    counts: Counter[str] = Counter()
    for seed in range(FIRST, FIRST + LIVES):
        counts += live(seed)
    sys.stdout.writelines(f"{number:8} {what}\n" for what, number in counts.most_common())
    assert counts["lives"] == LIVES
    assert counts["refused floor"] > LIVES
    assert counts["lives with a recovery order"] > LIVES // 2
    never = {kind for kind in api.Kind if not counts[f"posted {kind}"]}
    if LIVES >= FEW:
        assert len(never) <= (0 if LIVES >= 4 * FEW else 2), never
