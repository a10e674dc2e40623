"""Statements that the ledger must refuse, each with the guards that refuse it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection

from ledger.rules import chain
from ledger.rules.chart import AccountType as T
from ledger.rules.chart import code_of
from tests.factories.ledger import DAY, Desk
from tests.ledger import stories
from tests.ledger.stories import K

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.ledger.ddl.raw import Raw

    Line = tuple[str, str, str, str, float]


SQLITE = connection.vendor == "sqlite"


def on_event(reason: str, *, legs: int = 1) -> str:
    """The guard that refuses an event for ``reason``."""
    one = "ledger_event_one" if legs == 1 else "ledger_event_many"
    return f"{'ledger_event_apply' if SQLITE else one}: {reason}"


def on_entry(reason: str) -> str:
    return f"ledger_entry_guard: {reason}" if SQLITE else on_event(reason)


def on_tie(reason: str) -> str:
    return f"{'ledger_event_apply' if SQLITE else 'ledger_tie'}: {reason}"


LIST = (on_event("the closed list does not allow this posting"),)
FLOOR = (
    on_entry("the account would fall below its floor"),
    "ledger_account!ledger_account_floor",
)
BY_HAND = "only an event moves money"
HAND = ("ledger_posting_guard", "ledger_entry_guard", "ledger_account_guard")


@dataclass(frozen=True)
class Attack:
    """``run`` makes the statements; ``done`` tells whether they had their way."""

    name: str
    guards: tuple[str, ...]
    run: Callable[[Raw, Desk], None]
    done: Callable[[Raw, Desk], bool]
    sqlite_alone: bool = False

    def __str__(self) -> str:
        return self.name


def an_event(raw: Raw, desk: Desk, kind: str, lines: Sequence[Line], **changed: str) -> None:
    """An event by hand, as the program would write it; then with ``changed``."""
    zone = "" if SQLITE else "+00"
    row = {
        "idem": f"{1:032x}",
        "kind": kind,
        "document_id": desk.paper.pk.hex,
        "effective_on": DAY.isoformat(),
        "at": f"2023-05-02 09:30:00{zone}",
        "recorded_at": f"2099-01-01 00:00:00{zone}",
        "actor_id": desk.actor.pk.hex,
        "approver_id": desk.approver.pk.hex,
        "lines": json.dumps(lines),
        "payload_sha256": payload(desk, kind, lines),
        **changed,
    }
    verb = row.pop("verb", "INSERT")
    columns, values = ", ".join(row), ", ".join(["%s"] * len(row))
    raw.run(
        f"{verb} INTO ledger_event (book_id, legs, {columns}) VALUES (%s, {len(lines)}, {values})",
        desk.book.pk,
        *row.values(),
    )


def payload(desk: Desk, kind: str, lines: Sequence[Line]) -> str:
    code = desk.book.code
    return chain.payload(
        kind,
        document_sha256=desk.paper.sha256,
        effective_on=DAY,
        legs=[
            (code_of(code, d, dk), code_of(code, c, ck), max(-(2**63), int(cents)))
            for d, dk, c, ck, cents in lines
        ],
    )


def a_posting(
    kind: str,
    debit: tuple[str, str],
    credit: tuple[str, str],
    amount: float,
    **changed: str,
) -> Callable[[Raw, Desk], None]:
    def run(raw: Raw, desk: Desk) -> None:
        an_event(raw, desk, kind, [(*debit, *credit, amount)], **changed)

    return run


def posted(amount: float) -> Callable[[Raw, Desk], bool]:
    def done(raw: Raw, _desk: Desk) -> bool:
        return bool(
            raw.one(
                "SELECT COUNT(*) FROM ledger_posting p JOIN ledger_event e ON e.id = p.event_id"
                " WHERE p.amount = %s AND e.idem = %s",
                amount,
                f"{1:032x}",
            )
        )

    return done


def settlement(**changed: int) -> Callable[[Raw, Desk], None]:
    """A settlement of S = 500 000 and C = 200 000: 666 666 is paid; then with ``changed``."""

    def run(raw: Raw, desk: Desk) -> None:
        figures = {
            "grant_max": 10_000_000,
            "s_accepted": 500_000,
            "c_accepted": 200_000,
            "payable": 666_666,
            "sme_part": 500_000,
            "coord_part": 166_666,
            "s_seq": version(raw, desk, T.SACC),
            "c_seq": version(raw, desk, T.CACC),
            **changed,
        }
        columns, values = ", ".join(figures), ", ".join(["%s"] * len(figures))
        raw.run(
            "INSERT INTO ledger_settlement (book_id, n, share_n, share_d, document_id, actor_id,"
            f" approver_id, at, recorded_at, {columns})"
            f" VALUES (%s, 1, 3, 4, %s, %s, %s, %s, %s, {values})",
            desk.book.pk,
            desk.paper.pk.hex,
            desk.actor.pk.hex,
            desk.approver.pk.hex,
            "2023-05-02 09:30:00",
            "2023-05-02 09:30:00",
            *figures.values(),
        )

    return run


def version(raw: Raw, desk: Desk, kind: T) -> int:
    query = "SELECT version FROM ledger_account WHERE book_id = %s AND type = %s"
    return int(raw.one(query, desk.book.pk, kind))


def settled(raw: Raw, desk: Desk) -> bool:
    return bool(raw.one("SELECT COUNT(*) FROM ledger_settlement WHERE book_id = %s", desk.book.pk))


def delete(table: str) -> Callable[[Raw, Desk], None]:
    return lambda raw, _desk: raw.run(f"DELETE FROM {table}")


def deleted(table: str) -> Callable[[Raw, Desk], bool]:
    return lambda raw, _desk: raw.one(f"SELECT COUNT(*) FROM {table}") == 0


def replace_posting(raw: Raw, _desk: Desk) -> None:
    raw.run(
        "INSERT OR REPLACE INTO ledger_posting (id, event_id, leg_no, debit_id, credit_id, amount)"
        " SELECT id, event_id, leg_no, debit_id, credit_id, 7 FROM ledger_posting WHERE id = 1"
    )


def add_rule(raw: Raw, _desk: Desk) -> None:
    raw.run(
        "INSERT INTO ledger_postingrule (kind, debit_type, credit_type, same_key, two_persons,"
        " phase, ties, mirror_ties) VALUES ('eu_paid', 'B.POOL', 'B.CACC', %s, %s, 'any', '', '')",
        False,
        False,
    )


def hand_made_entry(raw: Raw, desk: Desk) -> None:
    raw.run(
        "INSERT INTO ledger_entry"
        " (posting_id, account_id, seq, amount, balance_after, recorded_at, hash)"
        " SELECT (SELECT MAX(p.id) FROM ledger_posting p JOIN ledger_account b"
        " ON b.id = p.debit_id WHERE b.type = 'P.BANK'), a.id, a.version + 1, -1000,"
        " a.balance + 1000, a.last_at, a.head"
        " FROM ledger_account a WHERE a.book_id = %s AND a.type = 'B.POOL'",
        desk.book.pk,
    )


def set_balance(raw: Raw, desk: Desk) -> None:
    raw.run(
        "UPDATE ledger_account SET balance = 1 WHERE book_id = %s AND type = 'B.POOL'",
        desk.book.pk,
    )


def balance_is_set(raw: Raw, desk: Desk) -> bool:
    query = "SELECT balance FROM ledger_account WHERE book_id = %s AND type = 'B.POOL'"
    return bool(raw.one(query, desk.book.pk) == 1)


def late_leg(raw: Raw, desk: Desk) -> None:
    """One more leg for an event of long ago."""
    raw.run(
        "INSERT INTO ledger_posting (event_id, leg_no, debit_id, credit_id, amount)"
        " SELECT p.event_id, 2, p.debit_id, p.credit_id, 77 FROM ledger_posting p"
        " JOIN ledger_event e ON e.id = p.event_id WHERE e.kind = 'sme_call_opened'"
        " AND e.book_id = %s",
        desk.book.pk,
    )


V, C, NONE = (T.VCH, stories.VOUCHER), (T.CLAIM, stories.VOUCHER), ""
ATTACKS = [
    Attack(
        "edit a posting",
        ("ledger_posting_no_update",),
        lambda raw, _desk: raw.run("UPDATE ledger_posting SET amount = 4242"),
        lambda raw, _desk: raw.one("SELECT MIN(amount) FROM ledger_posting") == 4242,
    ),
    Attack(
        "edit an entry",
        ("ledger_entry_no_update",),
        lambda raw, _desk: raw.run("UPDATE ledger_entry SET balance_after = 4242"),
        lambda raw, _desk: raw.one("SELECT MIN(balance_after) FROM ledger_entry") == 4242,
    ),
    Attack(
        "edit an event",
        ("ledger_event_no_update",),
        lambda raw, _desk: raw.run("UPDATE ledger_event SET legs = 4242"),
        lambda raw, _desk: raw.one("SELECT MIN(legs) FROM ledger_event") == 4242,
    ),
    Attack(
        "replace a posting",
        (
            "ledger_posting_guard",
            "ledger_posting_no_replace",
            "ledger_posting_no_delete",
            "ledger_posting_apply",
        ),
        replace_posting,
        lambda raw, _desk: raw.one("SELECT amount FROM ledger_posting WHERE id = 1") == 7,
        sqlite_alone=True,
    ),
    Attack(
        "delete the postings",
        ("ledger_posting_no_delete",),
        delete("ledger_posting"),
        deleted("ledger_posting"),
    ),
    Attack(
        "delete the entries",
        ("ledger_entry_no_delete",),
        delete("ledger_entry"),
        deleted("ledger_entry"),
    ),
    Attack(
        "add a hand-made entry",
        ("ledger_entry_guard", "ledger_account_guard"),
        hand_made_entry,
        lambda raw, _desk: bool(raw.one("SELECT COUNT(*) FROM ledger_entry WHERE amount = -1000")),
    ),
    Attack("set a balance", ("ledger_account_guard",), set_balance, balance_is_set),
    Attack(
        "overdraw the pool",
        FLOOR,
        a_posting(K.SME_CALL_OPENED, (T.POOL, ""), (T.CALL, stories.CALL), 2_500_001),
        posted(2_500_001),
    ),
    Attack(
        "overdraw the pool, ignoring the check",
        FLOOR,
        a_posting(
            K.SME_CALL_OPENED,
            (T.POOL, ""),
            (T.CALL, stories.CALL),
            2_500_001,
            verb="INSERT OR IGNORE",
        ),
        posted(2_500_001),
        sqlite_alone=True,
    ),
    Attack(
        "pay coordination from the pool",
        LIST,
        a_posting(K.COORDINATION_CLAIMED, (T.POOL, ""), (T.CCLAIM, ""), 100),
        posted(100),
    ),
    Attack(
        "move the pool to coordination beyond its part",
        (on_tie("the SME share of the grant would fall short"),),
        a_posting(K.EARMARK_MOVED, (T.POOL, ""), (T.COORD, ""), 1),
        posted(1),
    ),
    Attack(
        "allow a new posting",
        ("ledger_postingrule_no_insert",),
        add_rule,
        lambda raw, _desk: bool(
            raw.one(
                "SELECT COUNT(*) FROM ledger_postingrule WHERE credit_type = 'B.CACC'"
                " AND debit_type = 'B.POOL'"
            )
        ),
    ),
    Attack(
        "redeem a voucher beyond its amount",
        FLOOR,
        a_posting(K.CLAIM_SUBMITTED, V, C, 500_001),
        posted(500_001),
    ),
    Attack(
        "redeem a voucher from another's",
        LIST,
        a_posting(K.CLAIM_SUBMITTED, (T.VCH, "other"), C, 200),
        posted(200),
    ),
    Attack(
        "spend what was not accepted",
        (on_tie("spent is what was accepted"),),
        a_posting(K.CLAIM_CERTIFIED, (T.SEXP, ""), (T.SPAY, stories.SME), 900_000),
        posted(900_000),
    ),
    Attack(
        "advance more than the voucher has advanced",
        (on_tie("an advance is part of its voucher"),),
        a_posting(K.ADVANCE_ORDERED, (T.SADV, stories.VOUCHER), (T.SPAY, stories.SME), 300),
        posted(300),
    ),
    Attack(
        "open head-room twice",
        (
            on_event("head-room is opened once"),
            on_tie("head-room is what the use leaves of the cap"),
        ),
        a_posting(K.HEADROOM_OPENED, (T.LIMIT, ""), (T.CAP, stories.GROUP), 400),
        posted(400),
    ),
    Attack(
        "take income above the formula",
        (on_tie("income is what the formula pays"),),
        a_posting(K.INTERIM, (T.EUREC, ""), (T.INCOME, ""), 666_667),
        posted(666_667),
    ),
    Attack(
        "add a leg to an old event",
        ("ledger_posting_guard", "ledger_entry_guard"),
        late_leg,
        lambda raw, _desk: bool(raw.one("SELECT COUNT(*) FROM ledger_posting WHERE amount = 77")),
    ),
]
FORMULA = (
    "ledger_settlement!ledger_settlement_formula",
    "ledger_settlement!ledger_settlement_share",
)
SETTLEMENTS = [
    Attack(
        "settle above the formula",
        FORMULA,
        settlement(payable=666_667, coord_part=166_667),
        settled,
    ),
    Attack(
        "settle on support that was not accepted",
        ("ledger_settlement_guard",),
        settlement(s_accepted=600_000, sme_part=600_000, payable=800_000, coord_part=200_000),
        settled,
    ),
    Attack(
        "settle above the award",
        ("ledger_settlement_guard",),
        settlement(grant_max=10_000_001),
        settled,
    ),
    Attack(
        "settle one part too high",
        ("ledger_settlement!ledger_settlement_parts",),
        settlement(coord_part=166_667),
        settled,
    ),
]
