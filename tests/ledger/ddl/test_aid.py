"""The register of aid, attacked on a raw connection: refused, and done once its guard is gone."""

from __future__ import annotations

import sqlite3
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from ledger import api
from ledger.rules.aid import CEILING_CENTS
from tests.factories.ledger import AT, DAY, a_paper
from tests.ledger.ddl.attacks import SQLITE
from tests.ledger.ddl.raw import undone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytest_django import DjangoDbBlocker

    from core.models import Document
    from tests.databases import TemplateDatabase
    from tests.ledger.ddl.raw import Raw

GUARD, MEMBER = "ledger_aid_guard", "ledger_aidmember_guard"
REFUSED = (sqlite3.DatabaseError, psycopg.DatabaseError)
FULL = {"cents": CEILING_CENTS}


@pytest.fixture(scope="module")
def database(
    django_db_setup: TemplateDatabase, django_db_blocker: DjangoDbBlocker
) -> Iterator[TemplateDatabase]:
    with django_db_blocker.unblock(), django_db_setup.copied():
        yield django_db_setup


@pytest.fixture(scope="module")
def paper(database: TemplateDatabase) -> Document:
    """One enterprise one euro below its ceiling; three with a few cents, one of them in France."""
    del database
    paper = a_paper()
    for key, country, cents in (
        ("a", "BE", CEILING_CENTS - 100),
        ("b", "BE", 5),
        ("c", "FR", 5),
        ("d", "BE", 6),
    ):
        grant = api.AidGrant(uuid.uuid4(), key, [], country, DAY, cents, paper, granted_by="Agency")
        api.register_aid(grant, actor=paper.created_by, at=AT)
    return paper


def entered(
    key: str = "a", *, verb: str = "INSERT", **changed: object
) -> Callable[[Raw, Document], None]:
    """A row of one euro for an enterprise, by hand; then with ``changed``."""

    def run(raw: Raw, paper: Document) -> None:
        row = {
            "idem": f"{7:032x}",
            "granted_on": DAY.isoformat(),
            "leaves_on": "2026-05-02",
            "years": 3,
            "cents": 100,
            "ceiling_cents": CEILING_CENTS,
            "granted_by": "Agency",
            "document_id": paper.pk.hex,
            "actor_id": paper.created_by_id.hex,
            "at": "2023-05-02 09:30:00" + ("" if SQLITE else "+00"),
            **changed,
        }
        columns, values = ", ".join(row), ", ".join(["%s"] * len(row))
        raw.run(
            f"{verb} INTO ledger_aid (holder_id, {columns})"
            f" VALUES ((SELECT id FROM ledger_aidholder WHERE key = %s), {values})",
            key,
            *row.values(),
        )

    return run


def joined(holder: str, root: str, *, since: str = "MAX(id)") -> Callable[[Raw, Document], None]:
    one = "(SELECT id FROM ledger_aidholder WHERE key = %s)"

    def run(raw: Raw, _paper: Document) -> None:
        raw.run(
            "INSERT INTO ledger_aidmember (holder_id, root_id, since)"
            f" VALUES ({one}, {one}, (SELECT {since} FROM ledger_aid))",
            holder,
            root,
        )

    return run


def corrected(cents: int, **changed: Any) -> Callable[[Raw, Document], None]:
    def run(raw: Raw, paper: Document) -> None:
        row = raw.one("SELECT id FROM ledger_aid WHERE cents = 5 ORDER BY id LIMIT 1")
        entered("b", cents=cents, corrects_id=row, **changed)(raw, paper)

    return run


@dataclass(frozen=True)
class Attack:
    name: str
    guards: tuple[str, ...]
    run: Callable[[Raw, Document], None]
    sqlite_alone: bool = False

    def __str__(self) -> str:
        return self.name


def twice(*runs: Callable[[Raw, Document], None]) -> Callable[[Raw, Document], None]:
    def run(raw: Raw, paper: Document) -> None:
        for one in runs:
            one(raw, paper)

    return run


UPDATE = "UPDATE ledger_aid SET cents = cents + 1"
ATTACKS = [
    Attack("one cent above the ceiling", (GUARD,), entered(cents=101)),
    Attack(
        "a window that began before",
        (GUARD,),
        entered(cents=101, granted_on="2020-05-03", leaves_on="2023-05-03"),
    ),
    Attack("above by joining first", (GUARD,), twice(joined("b", "a"), entered("b"))),
    Attack("a shorter time", (GUARD,), entered(leaves_on="2026-05-01")),
    Attack(
        "a leap day that leaves early",
        (GUARD,),
        entered(granted_on="2024-02-29", leaves_on="2027-02-28", cents=1),
    ),
    Attack("a correction beyond its row", (GUARD,), corrected(-6)),
    Attack(
        "two corrections beyond their row",
        (GUARD,),
        twice(corrected(-3), corrected(-3, idem=f"{8:032x}")),
    ),
    Attack(
        "a correction of another day",
        (GUARD,),
        corrected(-1, granted_on="2023-05-03", leaves_on="2026-05-03"),
    ),
    Attack("a negative grant", ("ledger_aid!ledger_aid_amount",), entered(cents=-1)),
    Attack("nobody granted it", ("ledger_aid!ledger_aid_source",), entered(granted_by="")),
    Attack("a key in capitals", (GUARD,), entered(idem="A" * 32), sqlite_alone=True),
    Attack("half a cent", (GUARD,), entered(cents=1.5), sqlite_alone=True),
    Attack("a row before the others", (GUARD,), entered(id=-5), sqlite_alone=True),
    Attack("two Member States", (MEMBER,), joined("c", "a")),
    Attack("an undertaking that has gone", (MEMBER,), twice(joined("b", "a"), joined("d", "b"))),
    Attack(
        "its own root again",
        (MEMBER, "ledger_aidmember!ledger_aidmember_once"),
        joined("b", "b", since="0 * MAX(id)"),
    ),
    Attack(
        "since another row", (MEMBER,), joined("b", "a", since="0 * MAX(id)"), sqlite_alone=True
    ),
]
"""A unique key cannot be taken away on SQLite: there its own refusal remains."""


def done(run: Callable[[Raw, Document], None], raw: Raw, paper: Document) -> bool:
    try:
        run(raw, paper)
    except REFUSED:
        return False
    return True


@pytest.mark.parametrize("attack", ATTACKS, ids=str)
def test_attack_on_the_register_is_refused_and_succeeds_without_its_guard(
    attack: Attack, paper: Document, database: TemplateDatabase
) -> None:
    if attack.sqlite_alone and not SQLITE:
        pytest.skip("PostgreSQL has types")
    with undone(database.application()) as raw:
        assert not done(attack.run, raw, paper)
    with undone(database.owner()) as raw:
        for guard in attack.guards:
            if not (SQLITE and "once" in guard):
                raw.drop(guard)
        is_unique_there = SQLITE and any("once" in guard for guard in attack.guards)
        assert done(attack.run, raw, paper) is not is_unique_there


@pytest.mark.parametrize("table", ["aid", "aidholder", "aidmember"])
@pytest.mark.parametrize("verb", ["UPDATE {t} SET id = id", "DELETE FROM {t}"])
def test_the_register_is_never_changed(
    table: str, verb: str, paper: Document, database: TemplateDatabase
) -> None:
    del paper
    for connection in (database.owner, database.application):
        with undone(connection()) as raw, pytest.raises(REFUSED):
            raw.run(verb.format(t=f"ledger_{table}"))


def test_what_is_lawful_passes_by_hand_too(paper: Document, database: TemplateDatabase) -> None:
    for run in (entered(), corrected(-5), joined("b", "a"), entered("c", cents=5)):
        with undone(database.application()) as raw:
            run(raw, paper)
