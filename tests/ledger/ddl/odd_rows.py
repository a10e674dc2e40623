"""Rows that no program of ours would write, each with the guards that refuse it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ledger.rules.chart import AccountType as T
from tests.factories.ledger import DAY
from tests.ledger import stories
from tests.ledger.ddl.attacks import (
    SQLITE,
    Attack,
    a_posting,
    an_event,
    on_entry,
    on_event,
    on_tie,
    posted,
)
from tests.ledger.stories import K

if TYPE_CHECKING:
    from tests.factories.ledger import Desk
    from tests.ledger.ddl.raw import Raw

CENTS = "a leg is two accounts and whole cents"
POSTED = (f"ledger_event_guard: {CENTS}" if SQLITE else on_event(CENTS),)
CLOSED = "closed"


def open_account(raw: Raw, desk: Desk, *, balance: int = 0, head: str = "a.head") -> None:
    raw.run(
        "INSERT INTO ledger_account (book_id, code, type, key, normal, balance, min_balance,"
        f" version, head, closed) SELECT a.book_id, b.code || '/B.CALL[odd]', 'B.CALL', 'odd',"
        f" -1, %s, 0, 0, {head}, %s FROM ledger_account a JOIN ledger_book b ON b.id = a.book_id"
        " WHERE a.book_id = %s AND a.type = 'B.POOL'",
        balance,
        False,
        desk.book.pk,
    )


def has_odd_account(raw: Raw, _desk: Desk) -> bool:
    return bool(raw.one("SELECT COUNT(*) FROM ledger_account WHERE key = 'odd'"))


def reopen(raw: Raw, _desk: Desk) -> None:
    raw.run("UPDATE ledger_account SET closed = %s WHERE key = %s", False, CLOSED)


def is_reopened(raw: Raw, _desk: Desk) -> bool:
    return not raw.one("SELECT closed FROM ledger_account WHERE key = %s", CLOSED)


def close_the_pool(raw: Raw, desk: Desk) -> None:
    query = "UPDATE ledger_account SET closed = %s WHERE book_id = %s AND type = 'B.APPR'"
    raw.run(query, True, desk.book.pk)


def is_closed(raw: Raw, desk: Desk) -> bool:
    query = "SELECT closed FROM ledger_account WHERE book_id = %s AND type = 'B.APPR'"
    return bool(raw.one(query, desk.book.pk))


def one_person(raw: Raw, desk: Desk) -> None:
    lines = [(T.SPAY, stories.SME, T.BANK, "", 36)]
    an_event(raw, desk, K.PAYMENT_EXECUTED, lines, approver_id=desk.actor.pk.hex)


def is_one_person(raw: Raw, _desk: Desk) -> bool:
    return bool(raw.one("SELECT COUNT(*) FROM ledger_event WHERE approver_id = actor_id"))


def another_spelling(raw: Raw, desk: Desk) -> None:
    lines = [(T.BANK, "", T.PREFIN, "", 37)]
    an_event(raw, desk, K.PREFINANCING, lines, idem="00000000-0000-0000-0000-000000000001")


def is_spelled_so(raw: Raw, _desk: Desk) -> bool:
    return bool(raw.one("SELECT COUNT(*) FROM ledger_event WHERE length(idem) = 36"))


def before_the_last_entry(raw: Raw, desk: Desk) -> None:
    odd = a_posting(K.PREFINANCING, (T.BANK, ""), (T.PREFIN, ""), 33, recorded_at=f"{DAY} 00:00:00")
    odd(raw, desk)


def use_before_the_split(raw: Raw, desk: Desk) -> None:
    a_posting(K.AMENDMENT_UP, (T.AWARD, ""), (T.APPR, ""), 4, idem=f"{2:032x}")(raw, desk)
    a_posting(K.SME_CALL_OPENED, (T.POOL, ""), (T.CALL, stories.CALL), 34)(raw, desk)


def settle_the_open(raw: Raw, desk: Desk) -> None:
    raw.run(
        "INSERT INTO ledger_settlement (book_id, n, share_n, share_d, document_id, actor_id,"
        " approver_id, at, recorded_at, grant_max, s_accepted, c_accepted, payable, sme_part,"
        " coord_part, s_seq, c_seq)"
        " VALUES (%s, 1, 3, 4, %s, %s, %s, %s, %s, 9, 0, 0, 0, 0, 0, 0, 0)",
        desk.book.pk,
        desk.paper.pk.hex,
        desk.actor.pk.hex,
        desk.approver.pk.hex,
        "2023-05-02 09:30:00",
        "2023-05-02 09:30:00",
    )


def is_settled(raw: Raw, desk: Desk) -> bool:
    query = "SELECT COUNT(*) FROM ledger_settlement WHERE book_id = %s"
    return bool(raw.one(query, desk.book.pk))


ODD_ROWS = [
    Attack(
        "let use disappear below the cap",
        (on_tie("head-room is what the use leaves of the cap"),),
        a_posting(K.AWARD_LAPSED, (T.USED, stories.GROUP), (T.LIMIT, ""), 600),
        posted(600),
    ),
    Attack(
        "open an account that already holds something",
        ("ledger_account_open" if SQLITE else "ledger_account_guard",),
        partial(open_account, balance=5),
        has_odd_account,
    ),
    Attack(
        "open an account under a head of another",
        ("ledger_account_open" if SQLITE else "ledger_account_guard",),
        open_account,
        has_odd_account,
    ),
    Attack("open a closed account again", ("ledger_account_guard",), reopen, is_reopened),
    Attack(
        "close an account that a book has once",
        ("ledger_account_guard",),
        close_the_pool,
        is_closed,
    ),
    Attack(
        "post to a closed account",
        (on_entry("the account is closed"),),
        a_posting(K.SME_CALL_OPENED, (T.POOL, ""), (T.CALL, CLOSED), 31),
        posted(31),
    ),
    Attack(
        "record before the last entry",
        ("ledger_entry_guard: recorded before the last entry of the account",),
        before_the_last_entry,
        posted(33),
        sqlite_alone=True,
    ),
    Attack(
        "use a grant that is not split",
        (on_tie("split the grant before using it"),),
        use_before_the_split,
        posted(34),
    ),
    Attack(
        "post a negative amount",
        (*POSTED, "ledger_posting!ledger_posting_amount"),
        a_posting(K.PREFINANCING, (T.BANK, ""), (T.PREFIN, ""), -35),
        posted(-35),
    ),
    Attack(
        "post more than there can be",
        (*POSTED, "ledger_posting!ledger_posting_amount"),
        a_posting(K.PREFINANCING, (T.BANK, ""), (T.PREFIN, ""), 10**13 + 1),
        posted(10**13 + 1),
    ),
    Attack(
        "pay as one person",
        ("ledger_event!ledger_event_two_persons", on_event("two persons answer for this")),
        one_person,
        is_one_person,
    ),
    Attack(
        "spell a key in another way",
        ("ledger_event_guard",),
        another_spelling,
        is_spelled_so,
        sqlite_alone=True,
    ),
    Attack(
        "settle while a voucher is open",
        ("ledger_settlement_guard",),
        settle_the_open,
        is_settled,
    ),
]
