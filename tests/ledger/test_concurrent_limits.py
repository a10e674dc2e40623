"""Several officers at once against one cap and one ceiling: the tables say what was kept."""

from __future__ import annotations

import json
import random
import uuid
from itertools import chain
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from ledger import api
from ledger.models import Aid
from ledger.rules.aid import CEILING_CENTS
from ledger.rules.chart import AccountType as T
from tests.factories.ledger import Desk, an_awarded_desk
from tests.ledger import stories
from tests.ledger.test_concurrency import at_once

if TYPE_CHECKING:
    from pathlib import Path

    from tests.databases import TemplateDatabase

CAP = stories.CAP
AWARD = 900_001  # six of them fit under the cap, seven do not
GRANTED = 2_900_001  # ten of them fit under the ceiling, eleven do not


def said(what: str, **changed: object) -> str:
    return json.dumps({"what": what, "idem": str(uuid.uuid4()), **changed})


def granted(key: str, *, linked: str = "", days: int = 0) -> str:
    return said("aid", key=key, linked=list(linked), days=days, cents=GRANTED)


@pytest.fixture
def desk(fresh_database: TemplateDatabase) -> Desk:
    """An SME call with money for all, and two groups with a cap each."""
    del fresh_database
    desk = an_awarded_desk(grant=100_000_000)
    desk.move(stories.K.SME_CALL_OPENED, (T.POOL, T.CALL), 50_000_000, keys=("", stories.CALL))
    for group in "ab":
        stories.open_headroom(desk, cap=CAP, group=group)
    connection.close()
    return desk


def test_two_officers_who_issue_to_linked_enterprises_keep_the_ceiling(
    fresh_database: TemplateDatabase, desk: Desk, tmp_path: Path
) -> None:
    mine = [granted("a", linked="ab") for _ in range(8)]
    theirs = [granted("b", linked="ab") for _ in range(8)]
    answers = list(chain(*at_once(fresh_database, desk, tmp_path, mine, theirs)))
    posted = [one for one in answers if one.startswith("posted")]
    assert len(posted) == CEILING_CENTS // GRANTED
    assert all("may be added" in one for one in answers if one not in posted)
    assert api.invariants() == []


def test_back_dated_and_later_awards_at_once_keep_every_window(
    fresh_database: TemplateDatabase, desk: Desk, tmp_path: Path
) -> None:
    chance = random.Random(7)
    orders = [
        [granted(key, linked="abc", days=chance.randint(0, 1500)) for _ in range(12)]
        for key in "abc"
    ]
    answers = list(chain(*at_once(fresh_database, desk, tmp_path, *orders)))
    refused = [one for one in answers if one.startswith("refused")]
    assert refused
    assert Aid.objects.count() == len(answers) - len(refused) >= CEILING_CENTS // GRANTED
    assert api.invariants() == []


def test_undertakings_that_join_while_both_are_granted_aid(
    fresh_database: TemplateDatabase, desk: Desk, tmp_path: Path
) -> None:
    """Neither officer knows of the tie; a third records it in between, again and again."""
    ties = [said("undertakings", keys=["a", "b"]) for _ in range(10)]
    orders = [[granted(key) for _ in range(12)] for key in "ab"]
    answers = at_once(fresh_database, desk, tmp_path, *orders, ties)
    assert all(one.startswith("posted") for one in answers[2])
    assert api.join_undertakings("ab") in {0, 1}
    accepted = Aid.objects.count()
    assert CEILING_CENTS // GRANTED <= accepted <= 2 * (CEILING_CENTS // GRANTED)
    assert api.invariants() == []


def test_two_officers_who_award_to_one_group_keep_the_cap(
    fresh_database: TemplateDatabase, desk: Desk, tmp_path: Path
) -> None:
    orders = [[said("award", key="a", cents=AWARD) for _ in range(5)] for _ in range(2)]
    answers = list(chain(*at_once(fresh_database, desk, tmp_path, *orders)))
    assert sum(one.startswith("posted") for one in answers) == CAP // AWARD
    assert desk.balance(T.USED, "a") == CAP // AWARD * AWARD
    assert api.invariants() == []


def test_groups_that_join_while_both_are_awarded_lose_nothing(
    fresh_database: TemplateDatabase, desk: Desk, tmp_path: Path
) -> None:
    """The tie comes in between: from then on the second's account is closed, the first's full."""
    orders = [[said("award", key=key, cents=AWARD) for _ in range(4)] for key in "ab"]
    ties = [said("groups", keys=["a", "b"]) for _ in range(3)]
    *awarded, joined = at_once(fresh_database, desk, tmp_path, *orders, ties)
    assert len(set(joined)) == 1
    posted = sum(one.startswith("posted") for one in chain(*awarded))
    found = api.headroom(desk.book.pk, "a")
    assert found.used == posted * AWARD
    assert found.room == max(CAP - found.used, 0)
    assert desk.balance(T.CAP, "b") == desk.balance(T.USED, "b") == 0
    assert api.invariants() == []
