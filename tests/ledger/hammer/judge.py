"""What the tables say afterwards, and nothing but the tables: plain SQL and the workers' files."""

from __future__ import annotations

import uuid
from collections import Counter
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection

from ledger import api
from ledger.rules.chart import CHART, AccountType
from tests.ledger.hammer.orders import Order

if TYPE_CHECKING:
    from tests.ledger.hammer.site import Site

RUNNING = """
SELECT COUNT(*) FROM (
  SELECT SUM(a.normal * n.amount) OVER (PARTITION BY n.account_id ORDER BY n.seq, n.id) AS held,
         a.type AS type FROM ledger_entry n JOIN ledger_account a ON a.id = n.account_id) x
 WHERE held < 0 AND type NOT IN ('B.AWARD', 'L.CTL')
"""
BELOW = "SELECT COUNT(*) FROM ledger_account WHERE balance < 0 AND type NOT IN ('B.AWARD', 'L.CTL')"
DOUBLED = "SELECT COUNT(*) FROM (SELECT idem FROM ledger_event GROUP BY idem HAVING COUNT(*) > 1) x"
LEGS = """
SELECT e.id, e.idem, e.kind, p.leg_no, d.type, d.key, c.type, c.key, p.amount
  FROM ledger_event e LEFT JOIN ledger_posting p ON p.event_id = e.id
  LEFT JOIN ledger_account d ON d.id = p.debit_id LEFT JOIN ledger_account c ON c.id = p.credit_id
 ORDER BY e.id, p.leg_no
"""


@dataclass
class Verdict:
    """Counts. Of the last eight every one must be 0."""

    attempts: int = 0
    answered: int = 0
    accepted: int = 0
    refused: int = 0
    replays: int = 0
    retried: int = 0
    overspent: int = 0
    lost: int = 0
    doubled: int = 0
    changed: int = 0
    unasked: int = 0
    deadlocks: int = 0
    odd: int = 0
    violations: int = 0

    @property
    def faults(self) -> dict[str, int]:
        names = list(asdict(self))[-8:]
        return {name: count for name, count in asdict(self).items() if name in names and count}


def judge(site: Site, *, retried: int) -> Verdict:
    book = site.people()[0]
    orders = {order.idem: order for order in map(Order.of, site.read("sent"))}
    told = [line.split() for line in site.read("told")]
    posted = [(uuid.UUID(key), int(event)) for key, event in told if event != "refused"]
    found = _events()
    odd = site.read("odd")
    verdict = Verdict(
        attempts=len(site.read("sent")),
        answered=len(told),
        accepted=len({key for key, _event in posted}),
        refused=sum(event == "refused" for _key, event in told),
        replays=len(posted) - len({key for key, _event in posted}),
        retried=retried,
        overspent=_one(RUNNING) + _one(BELOW),
        doubled=_one(DOUBLED) + _doubled(posted),
        deadlocks=sum("deadlock" in line for line in odd),
        odd=sum("deadlock" not in line for line in odd),
        violations=len(api.invariants()),
    )
    if site.server:
        verdict.deadlocks = max(verdict.deadlocks, site.server.deadlocks())
    for key, event in dict(posted).items():
        rows = found.get(key, {}).get(event)
        verdict.lost += rows is None
        verdict.changed += rows is not None and rows != (orders[key].kind, list(orders[key].legs))
    before = {key for key in found if key not in orders}
    verdict.unasked = len(before) - _opening()
    verdict.violations += _differs(book, found)
    return verdict


def _one(query: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return int(cursor.fetchone()[0])


def _doubled(posted: list[tuple[uuid.UUID, int]]) -> int:
    """Keys that were answered with more than one event."""
    answers: dict[uuid.UUID, set[int]] = {}
    for key, event in posted:
        answers.setdefault(key, set()).add(event)
    return sum(len(events) > 1 for events in answers.values())


def _events() -> dict[uuid.UUID, dict[int, Any]]:
    """By key, by event: its kind and legs as the postings have them."""
    found: dict[uuid.UUID, dict[int, Any]] = {}
    with connection.cursor() as cursor:
        cursor.execute(LEGS)
        for event, idem, kind, leg, *rest in cursor.fetchall():
            events = found.setdefault(uuid.UUID(str(idem)), {})
            _kind, legs = events.setdefault(event, (kind, []))
            if leg is not None:
                debit, frm, credit, to, cents = rest
                legs.append((debit, frm, credit, to, cents))
    return found


def _opening() -> int:
    """Events of ``Site.prepare``."""
    return _one(
        "SELECT COUNT(*) FROM ledger_event WHERE kind IN"
        " ('award', 'prefinancing', 'headroom_opened')"
    )


def _differs(book: int, found: dict[uuid.UUID, dict[int, Any]]) -> int:
    """Accounts whose balance is not what the events add up to."""
    sums: Counter[tuple[str, str]] = Counter()
    for events in found.values():
        for _kind, legs in events.values():
            for debit, frm, credit, to, cents in legs:
                sums[debit, frm] += CHART[AccountType(debit)].normal * cents
                sums[credit, to] -= CHART[AccountType(credit)].normal * cents
    with connection.cursor() as cursor:
        cursor.execute("SELECT type, key, balance FROM ledger_account WHERE book_id = %s", [book])
        return sum(sums[type_, key] != cents for type_, key, cents in cursor.fetchall())
