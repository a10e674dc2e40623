"""Statements by hand: rows that no event makes, and rows that were made and are changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import DatabaseError, connection

from core.ddl.installer import triggers
from ledger.models import Book, Event
from ledger.rules.chart import SINGLE
from ledger.rules.chart import AccountType as T
from tests.ledger.mutation.attacks import CALL, HAND, IN, LONG_AGO, Attack, insert
from tests.ledger.mutation.scene import Scene, an_event
from tests.ledger.mutation.schema import SQLITE, TABLES, constraints, uniques
from tests.ledger.stories import K

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

VERBS = {
    "update": "UPDATE {0} SET {1} = {1}",
    "delete": "DELETE FROM {0}",
    "truncate": "TRUNCATE {0} CASCADE",
    "insert": "INSERT INTO {0} SELECT * FROM {0} WHERE {1} = (SELECT MIN({1}) FROM {0})",
    "replace": "INSERT OR REPLACE INTO {0} SELECT * FROM {0} LIMIT 1",
}
OPENS = "a book opens with its accounts"
POOL = "type = 'B.POOL' AND book_id = {desk}"
CHECKS = {
    "ledger_account_floor": f"ledger_account SET balance = -1 WHERE {POOL}",
    "ledger_account_side": f"ledger_account SET normal = 2 WHERE {POOL}",
    "ledger_book_share": "ledger_book SET share_n = 5",
    "ledger_book_code": "ledger_book SET code = '' WHERE id = {desk}",
    "ledger_event_legs": "ledger_event SET legs = 0",
    "ledger_event_two_persons": "ledger_event SET approver_id = actor_id",
    "ledger_event_reversal": "ledger_event SET kind = 'reversal'",
    "ledger_posting_amount": "ledger_posting SET amount = 0",
    "ledger_posting_two_accounts": "ledger_posting SET credit_id = debit_id",
    "ledger_entry_amount": "ledger_entry SET amount = 0",
    "ledger_settlement_positive": "ledger_settlement SET c_accepted = -1, coord_part = 0,"
    " payable = s_accepted - 1, sme_part = s_accepted - 1",
    "ledger_settlement_formula": "ledger_settlement SET payable = payable - 1,"
    " coord_part = coord_part - 1",
    "ledger_settlement_parts": "ledger_settlement SET sme_part = sme_part - 1,"
    " coord_part = coord_part + 1",
    "ledger_settlement_share": "ledger_settlement SET c_accepted = s_accepted,"
    " payable = 2 * s_accepted, coord_part = s_accepted",
    "ledger_settlement_two_persons": "ledger_settlement SET approver_id = actor_id",
}
"""By constraint: an update that breaks this one alone."""
IMPLIED = {"ledger_settlement_share": "ledger_settlement_formula"}
"""The formula keeps the share: only without it can a row break the share."""


def guards() -> Iterator[Attack]:
    """Append-only: each verb on each table, with every other trigger of the table gone."""
    for name in sorted(triggers(connection)):
        table, _, verb = name.rpartition("_no_")
        if table in TABLES and verb in VERBS:
            key = "type" if table == "ledger_chartline" else "id"
            statement = VERBS[verb].format(table, key)
            without = _others(table, keep=name)
            if verb == "truncate":
                without += _emptied_with_it(keep=name)
            yield Attack(name, "refuses", by_hand(statement), without, by_owner=True)


def checks() -> Iterator[Attack]:
    """Each CHECK alone, with every trigger of its table gone."""
    dropped = {mutant.about: mutant.statements for mutant in constraints()}
    for name, statement in CHECKS.items():
        without = _others(statement.partition(" ")[0], keep="")
        without += dropped[IMPLIED[name]] if name in IMPLIED else ()
        yield Attack(name, name, by_hand(f"UPDATE {statement}"), without, by_owner=True)
    for name, table, columns in () if SQLITE else uniques():
        yield Attack(name, name, _doubled(table, columns), _others(table, keep=""), by_owner=True)


def _doubled(table: str, columns: list[str]) -> Callable[[Scene], object]:
    """The last row is given the key of the first."""
    there = " AND ".join(f"{column} IS NOT NULL" for column in columns)
    key = ", ".join(columns)
    first = f"SELECT {key} FROM {table} WHERE {there} ORDER BY id LIMIT 1"
    last = f"SELECT MAX(id) FROM {table} WHERE {there}"
    return by_hand(f"UPDATE {table} SET ({key}) = ({first}) WHERE id = ({last})")


def by_hand(statement: str) -> Callable[[Scene], object]:
    def run(scene: Scene) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement.format(desk=scene.desk.book.pk))

    return run


def _emptied_with_it(*, keep: str) -> tuple[str, ...]:
    """TRUNCATE … CASCADE empties other tables too: their guards are gone as well."""
    names = [name for name in triggers(connection) if name.endswith("_no_truncate")]
    tables = [(name, name.removesuffix("_no_truncate")) for name in names if name != keep]
    return tuple(f'DROP TRIGGER IF EXISTS "{name}" ON {table}' for name, table in tables)


def _others(table: str, *, keep: str) -> tuple[str, ...]:
    """SQL that takes away every other trigger of a table."""
    with connection.cursor() as cursor:
        if SQLITE:
            query = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s"
        else:
            query = (
                "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal"
            )
        cursor.execute(query, [table])
        names = [name for (name,) in cursor.fetchall() if name != keep]
    on = "" if SQLITE else f" ON {table}"
    return tuple(f'DROP TRIGGER IF EXISTS "{name}"{on}' for name in names)


COPY = (
    "INSERT INTO ledger_account (book_id, code, type, key, normal, balance, min_balance, version,"
    " head, closed) SELECT book_id, {code}, 'B.CALL', 'odd', -1, {balance}, 0, 0, head, {closed}"
    f" FROM ledger_account WHERE {POOL}"
)
POST = (
    "INSERT INTO ledger_posting (event_id, leg_no, debit_id, credit_id, amount)"
    " SELECT event_id, leg_no + 1, debit_id, credit_id, 7 FROM ledger_posting"
    " WHERE id = (SELECT MIN(id) FROM ledger_posting)"
)
ENTER = (
    "INSERT INTO ledger_entry (posting_id, account_id, seq, amount, balance_after, recorded_at,"
    " hash) SELECT posting_id, account_id, seq + 900, amount, balance_after, recorded_at, hash"
    " FROM ledger_entry WHERE id = (SELECT MIN(id) FROM ledger_entry)"
)
MOVE = f"UPDATE ledger_account SET balance = balance + 1 WHERE {POOL}"
SETTLE = (
    "INSERT INTO ledger_settlement (book_id, n, share_n, share_d, grant_max, s_accepted,"
    " c_accepted, payable, sme_part, coord_part, s_seq, c_seq, document_id, actor_id, approver_id,"
    " at, recorded_at) SELECT book_id, n + 1, share_n, share_d, {grant}, s_accepted, c_accepted,"
    " payable, sme_part, coord_part, s_seq, c_seq, document_id, actor_id, approver_id, at,"
    " recorded_at FROM ledger_settlement WHERE n = 2"
)


def _a_book(_scene: Scene) -> None:
    """Nothing can be posted in a book that opens without its accounts."""
    book = Book.objects.create(code="bare")
    if book.accounts.count() == len(SINGLE):
        raise DatabaseError(OPENS)


def hands() -> Iterator[Attack]:
    yield Attack("ledger_book_open", OPENS, _a_book)
    for name, statement in (("move", MOVE), ("post", POST), ("enter", ENTER)):
        yield Attack(f"{name} by hand", HAND, by_hand(statement), by_owner=True)
    reason = "the settlement is not of the ledger's own figures"
    yield Attack("settle above the award", reason, by_hand(SETTLE.format(grant=10**12)))
    yield Attack("settle what is open", "something is still open", _settle_the_open)
    if SQLITE:
        yield from _only_on_sqlite()
    else:
        account = COPY.format(code="code || 'x'", balance=0, closed="false", desk="{desk}")
        yield Attack("open by hand", HAND, by_hand(account), by_owner=True)


def _settle_the_open(scene: Scene) -> None:
    """Right in all its figures, of a book with an open voucher."""
    desk = scene.desk
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ledger_settlement (book_id, n, share_n, share_d, grant_max, s_accepted,"
            " c_accepted, payable, sme_part, coord_part, s_seq, c_seq, document_id, actor_id,"
            " approver_id, at, recorded_at) SELECT %s, 1, 3, 4, 9, 0, 0, 0, 0, 0, 0, 0,"
            " document_id, actor_id, approver_id, at, recorded_at FROM ledger_event"
            " WHERE book_id = %s AND kind = 'prefinancing' LIMIT 1",
            [desk.book.pk, desk.book.pk],
        )


def _only_on_sqlite() -> Iterator[Attack]:
    lawful = "(SELECT code FROM ledger_book WHERE id = {desk}) || '/B.CALL[odd]'"

    def account(**said: object) -> Callable[[Scene], object]:
        row = {"code": lawful, "balance": 0, "closed": 0, "desk": "{desk}"} | said
        return by_hand(COPY.format(**row))

    yield Attack("open what is there", "this account exists", account(code="code"))
    yield Attack("open with money in it", "an account opens empty", account(balance=5))
    reason = "the account is not what its code and head say"
    yield Attack("open under another head", reason, account())
    spelled = "not a key, a day and an instant as we write them"
    yield Attack("a key in another spelling", spelled, _misspelled)
    early = insert(K.PREFINANCING, IN, recorded_at=LONG_AGO)
    yield Attack("recorded before the last", "recorded before the last entry", early)
    whole = by_hand(SETTLE.format(grant="1.5"))
    yield Attack("settle half a cent", "amounts are whole numbers of cents", whole)
    reason = "the posting did not reach both of its accounts"
    unguarded = ('DROP TRIGGER IF EXISTS "ledger_entry_guard"',)
    yield Attack("a floor ignored", reason, _ignored, unguarded)
    yield Attack("a floor, and nothing before it", "ledger_account_floor", _too_much, unguarded)


def _misspelled(scene: Scene) -> None:
    by_hand(
        "INSERT INTO ledger_event (idem, book_id, kind, document_id, effective_on, at, recorded_at,"
        " actor_id, approver_id, legs, lines, payload_sha256) SELECT upper(idem), book_id, kind,"
        " document_id, effective_on, at, recorded_at, actor_id, approver_id, legs, lines,"
        " payload_sha256 FROM ledger_event WHERE idem GLOB '*[a-f]*' LIMIT 1"
    )(scene)


def _too_much(scene: Scene) -> None:
    insert(K.SME_CALL_OPENED, (T.POOL, "", T.CALL, CALL, 2_500_001))(scene)


def _ignored(scene: Scene) -> None:
    """INSERT OR IGNORE reaches into the triggers: what breaks a CHECK there is left out."""
    lines = [(T.POOL, "", T.CALL, CALL, 2_500_001)]
    row = an_event(scene.desk, K.SME_CALL_OPENED, lines)
    Event.objects.bulk_create([row], ignore_conflicts=True)
