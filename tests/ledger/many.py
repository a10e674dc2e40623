"""A large ledger, made without a database: for measuring, and for the verifier's tests.

The same seed makes the same rows. They are lawful: each account keeps its floor, each book its
share, every hash is that of what its row says.
"""

from __future__ import annotations

import random
import sys
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ledger.rules import chain, checkpoint
from ledger.rules.chart import CHART, SINGLE, AccountType, code_of
from ledger.rules.checkpoint import Header, Standing
from ledger.rules.kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

T, K = AccountType, Kind
START = datetime(2023, 1, 2, 8, tzinfo=UTC)
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
GRANT = 10**12


@dataclass
class Row:
    """An account as it grows."""

    pk: int
    book: str
    type: AccountType
    key: str
    head: bytes = b""
    balance: int = 0
    version: int = 0
    last_at: int | None = None

    def __post_init__(self) -> None:
        spec = CHART[self.type]
        self.code, self.normal, self.floor = (
            code_of(self.book, self.type, self.key),
            spec.normal,
            spec.floor,
        )
        self.head = chain.genesis(
            self.code, self.type, normal=spec.normal, floor=spec.floor, book_code=self.book
        )

    def canonical(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "book": self.book,
            "type": str(self.type),
            "key": self.key,
            "normal": self.normal,
            "floor": self.floor,
            "balance": self.balance,
            "version": self.version,
            "head": self.head.hex(),
            "closed": False,
            "last_at": self.last_at,
        }


@dataclass
class Many:
    """Books with vouchers that are claimed in ``claims`` instalments; about ``entries`` entries."""

    entries: int
    books: int = 3
    claims: int = 40
    checkpoints: int = 10
    accounts: dict[str, Row] = field(default_factory=dict)
    heads: list[list[Any]] = field(default_factory=list)
    signed: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.chance = random.Random(7)
        self.document = sha256(b"paper").hexdigest()
        self.people = [uuid.UUID(int=self.chance.getrandbits(128), version=4) for _ in range(2)]
        self.posted, self.at = 0, START
        self.seen: dict[str, Standing] = {}
        self.codes = [f"EC-{number:03}" for number in range(1, self.books + 1)]

    def events(self) -> Iterator[dict[str, Any]]:
        """Legs name accounts by their row; checkpoints are taken on the way."""
        step, due = self.entries // max(self.checkpoints, 1), 0
        for event in self._life():
            yield event
            if self.checkpoints and self.posted >= due + step:
                due += step
                self._checkpoint()

    def _life(self) -> Iterator[dict[str, Any]]:
        for book in self.codes:
            for kind in SINGLE:
                self._account(book, kind, "")
            pool = GRANT - GRANT // 4
            yield self._event(
                book,
                K.AWARD,
                [
                    (T.AWARD, "", T.APPR, "", GRANT),
                    (T.APPR, "", T.POOL, "", pool),
                    (T.APPR, "", T.COORD, "", GRANT - pool),
                ],
            )
            yield self._event(book, K.PREFINANCING, [(T.BANK, "", T.PREFIN, "", GRANT)])
            yield self._event(book, K.SME_CALL_OPENED, [(T.POOL, "", T.CALL, "call", pool)])
        number = 0
        while self.posted < self.entries:
            number += 1
            yield from self._voucher(
                self.codes[number % self.books],
                str(uuid.UUID(int=self.chance.getrandbits(128), version=4)),
            )

    def _voucher(self, book: str, key: str) -> Iterator[dict[str, Any]]:
        amounts = [self.chance.randrange(100, 2000) for _ in range(self.claims)]
        whole = sum(amounts)
        yield self._event(book, K.HEADROOM_OPENED, [(T.LIMIT, "", T.CAP, key, whole)])
        yield self._event(
            book,
            K.APPLICATION_AWARDED,
            [(T.CALL, "call", T.RESV, key, whole), (T.CAP, key, T.USED, key, whole)],
        )
        yield self._event(book, K.VOUCHER_ISSUED, [(T.RESV, key, T.VCH, key, whole)])
        for amount in amounts:
            yield self._event(book, K.CLAIM_SUBMITTED, [(T.VCH, key, T.CLAIM, key, amount)])
            yield self._event(
                book,
                K.CLAIM_CERTIFIED,
                [(T.CLAIM, key, T.SACC, "", amount), (T.SEXP, "", T.SPAY, key, amount)],
            )
            yield self._event(book, K.PAYMENT_EXECUTED, [(T.SPAY, key, T.BANK, "", amount)])

    def _account(self, book: str, type_: AccountType, key: str) -> Row:
        code = code_of(book, type_, key)
        if code not in self.accounts:
            self.accounts[code] = Row(len(self.accounts) + 1, book, type_, key)
        return self.accounts[code]

    def _event(self, book: str, kind: Kind, legs: list[Any]) -> dict[str, Any]:
        self.at += timedelta(microseconds=self.chance.randrange(1, 90_000_000))
        recorded, idem = (
            chain.microseconds(self.at),
            uuid.UUID(int=self.chance.getrandbits(128), version=4),
        )
        sides = [
            (self._account(book, d, k), self._account(book, c, j), cents)
            for d, k, c, j, cents in legs
        ]
        payload = chain.payload(
            kind, document_sha256=self.document, effective_on=self.at.date(),
            legs=[(d.code, c.code, cents) for d, c, cents in sides],
        )  # fmt: skip
        digest = chain.event_digest(chain.Signed(
            idem=idem, kind=kind, document_sha256=self.document, effective_on=self.at.date(),
            at_us=recorded, recorded_us=recorded, actor=self.people[0], approver=self.people[1],
            payload_sha256=payload,
        ))  # fmt: skip
        return {
            "idem": idem.hex, "kind": str(kind), "book": book, "document": self.document,
            "effective_on": self.at.date().isoformat(), "at": recorded, "recorded_at": recorded,
            "actor": self.people[0].hex, "approver": self.people[1].hex, "reverses": None,
            "payload": payload,
            "legs": [
                [
                    number, d.code, c.code, cents,
                    self._entry(d, cents, number, digest, recorded),
                    self._entry(c, -cents, number, digest, recorded),
                ]
                for number, (d, c, cents) in enumerate(sides, 1)
            ],
        }  # fmt: skip

    def _entry(self, row: Row, amount: int, leg_no: int, digest: bytes, recorded: int) -> list[Any]:
        row.version += 1
        row.balance += row.normal * amount
        row.head = chain.link(row.head, digest, leg_no, row.version, amount, row.balance)
        row.last_at = recorded
        self.posted += 1
        return [row.code, row.version, amount, row.balance, row.head.hex()]

    def _checkpoint(self) -> None:
        now = {code: Standing(row.version, row.head, False) for code, row in self.accounts.items()}
        header = Header(
            n=len(self.signed) + 1,
            at_us=chain.microseconds(self.at),
            prev_root=bytes.fromhex(self.signed[-1]["root"]) if self.signed else checkpoint.NOTHING,
            public_key=KEY.public_key().public_bytes_raw(),
            entries=self.posted,
        )
        digests = [checkpoint.row_digest("books", checkpoint.line(row)) for row in self.tables()]
        root = checkpoint.root(
            header, leaves=[checkpoint.leaf(code, it) for code, it in now.items()], rows=digests
        )
        for code in sorted(now):
            if now[code] != self.seen.get(code):
                it = now[code]
                self.heads.append(
                    [header.n, sha256(code.encode()).hexdigest(), it.version, it.head.hex(), False]
                )
        self.seen = now
        self.signed.append({
            "n": header.n, "at": header.at_us, "accounts": len(now), "entries": header.entries,
            "rows": len(digests), "prev_root": header.prev_root.hex(), "root": root.hex(),
            "public_key": header.public_key.hex(),
            "signature": KEY.sign(checkpoint.SIGNED + root).hex(),
        })  # fmt: skip

    def tables(self) -> Iterator[dict[str, Any]]:
        for code in self.codes:
            yield {"key": code, "book": code, "share_n": 3, "share_d": 4}


def write(many: Many, path: Path) -> None:
    """An export of it; events go through a list, because accounts are numbered first."""
    from ledger.actions.export import Folder

    folder = Folder(path, progress=lambda *_, **__: None)
    kept = list(many.events())
    ordered = sorted(many.accounts)
    numbers = {code: number for number, code in enumerate(ordered, start=1)}
    folder.write(
        "accounts.jsonl",
        ({"n": numbers[code], **many.accounts[code].canonical()} for code in ordered),
    )

    def numbered() -> Iterator[object]:
        for event in kept:
            for leg in event["legs"]:
                leg[1], leg[2] = numbers[leg[1]], numbers[leg[2]]
                for entry in leg[4:]:
                    entry[0] = numbers[entry[0]]
            yield event

    folder.write("events.jsonl", numbered())
    folder.write("books.jsonl", many.tables())
    folder.write("settlements.jsonl", iter(()))
    folder.write("checkpoints.jsonl", iter(many.signed))
    folder.write("heads.jsonl", iter(many.heads))
    folder.write(
        "rows.jsonl",
        (
            [1, "books", row["key"], checkpoint.row_digest("books", checkpoint.line(row)).hex()]
            for row in many.tables()
        ),
    )
    folder.close(book=None, tables=["books", "settlements"])


if __name__ == "__main__":
    import django

    django.setup()
    write(Many(int(sys.argv[1]), claims=int(sys.argv[3])), Path(sys.argv[2]))
