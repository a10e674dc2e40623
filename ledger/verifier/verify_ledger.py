"""Verifies an export of the ledger with Python's standard library (3.11) and nothing else.

    python3 -I -S verify_ledger.py [FOLDER] [--root HEX ...] [--fingerprint HEX]

Names the first bad row and exits with 1, or says PASS. An export that was made anew as a whole
can only be told from the true one by roots that were sent to you and the key's fingerprint.
Amounts are cents, + debit and - credit; times are microseconds since 1970, UTC.
"""

import argparse
import json
import sys
from collections import Counter
from datetime import date
from functools import cache
from hashlib import sha256, sha512
from pathlib import Path
from struct import Struct, error
from typing import Any

GENESIS, LEAF, ROOT = Struct(">32s32sbq32s"), Struct(">32sq32s?"), Struct(">32sqqqqq32s")
REQUEST, LEG = Struct(">32s32si16s"), Struct(">32s32sq")
EVENT, ENTRY = Struct(">16s32s32siqq16s16s32s"), Struct(">32s32siqqq")
NOBODY, UNBOUNDED, SIGNED = bytes(16), -(2**63), b"trellis ledger checkpoint\n"
MALFORMED = (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, error)
unhex = bytes.fromhex
name_of = cache(lambda text: sha256(text.encode()).digest())
day_of = cache(lambda text: (date.fromisoformat(text) - date(2000, 1, 1)).days)


class Account:  # what the entries read so far make of it
    __slots__ = "balance code floor group head last name normal seq type watched".split()  # noqa: SIM905  on one line

    def __init__(self, row: Any) -> None:
        self.code, self.type, self.normal = row["code"], row["type"], row["normal"]
        self.group, self.name = (row["book"], row["type"][0]), sha256(self.code.encode()).digest()
        self.floor = UNBOUNDED if row["floor"] is None else row["floor"]
        names = (self.name, name_of(self.type), self.normal, self.floor, name_of(row["book"]))
        self.head = sha256(GENESIS.pack(*names)).digest()
        self.seq = self.balance = self.last = 0
        self.watched: list[tuple[int, str, object, str]] | None = None


class Ledger:  # takes rows one after the other; faults are (rule, where, what), in this order
    def __init__(self) -> None:
        self.accounts, self.groups, self.faults = {}, {}, []  # type: dict[int, Account], Any, Any
        self.where, self.events = "", 0

    def fault(self, rule: str, subject: str) -> None:
        self.faults.append((rule, self.where, subject))

    def account(self, number: int, row: Any) -> None:  # number is what legs call it by
        self.accounts[number] = account = Account(row)
        account.group = self.groups.setdefault(account.group, account.group)
        key = f"[{row['key']}]" if row["key"] else ""
        if (row["n"], account.code) != (number, f"{row['book']}/{row['type']}{key}"):
            self.fault("I2", f"{account.code}: it is not in its place")

    def event(self, row: Any) -> None:
        """An event with its legs: number, debit, credit, cents, and the entries of each."""
        kind, document = name_of(row["kind"]), unhex(row["document"])
        day, payload = day_of(row["effective_on"]), unhex(row["payload"])
        actor, approver = unhex(row["actor"]), unhex(row["approver"] or "")
        if approver == actor:
            self.fault("I14", f"event {row['idem']}: one person recorded and approved it")
        asked = REQUEST.pack(kind, document, day, unhex(row["reverses"] or "") or NOBODY)
        for _, debit, credit, cents, *_ in row["legs"]:
            asked += LEG.pack(self.accounts[debit].name, self.accounts[credit].name, cents)
        if sha256(asked).digest() != payload:
            self.fault("I5", f"event {row['idem']}: its legs are not those that were sent")
        said = (unhex(row["idem"]), kind, document, day, row["at"], row["recorded_at"])
        self.events += 1
        self._legs(row, sha256(EVENT.pack(*said, actor, approver or NOBODY, payload)).digest())

    def _legs(self, row: Any, digest: bytes) -> None:
        accounts, pack, book, recorded = self.accounts, ENTRY.pack, row["book"], row["recorded_at"]
        for number, (leg_no, debit, credit, cents, *entries) in enumerate(row["legs"], 1):
            group, other = accounts[debit].group, accounts[credit].group
            lawful = leg_no == number and cents > 0 and group is other and group[0] == book
            if not lawful or len(entries) != 2:
                self.fault("I1", f"event {row['idem']} leg {leg_no}: it has not its two entries")
            for entry, side, amount in zip(entries, (debit, credit), (cents, -cents), strict=False):
                account = accounts[side]
                seq, balance = account.seq + 1, account.balance + account.normal * amount
                head = sha256(pack(account.head, digest, leg_no, seq, amount, balance)).digest()
                if entry != [side, seq, amount, balance, head.hex()]:
                    account = accounts[entry[0]]
                    seq, balance, head = self._differs(entry, side, amount, digest, leg_no)
                if balance < account.floor:
                    self.fault("I4", f"{account.code} entry {seq}: below the floor")
                account.head, account.seq, account.balance = head, seq, balance
                account.last = recorded
                if account.watched:
                    self._compare(account)

    def _differs(self, entry: Any, side: int, amount: int, digest: bytes, leg_no: int) -> Any:
        """Say what is wrong with an entry and carry on from what it says."""
        number, seq, cents, balance, head = entry
        account, subject = self.accounts[number], f"{self.accounts[number].code} entry {seq}: "
        if (number, cents) != (side, amount):
            self.fault("I1", subject + "it is not what its posting implies")
        if seq != account.seq + 1:
            self.fault("I2", subject + "the one before it is missing")
        elif balance != account.balance + account.normal * cents:
            self.fault("I3", subject + "it does not carry on from the one before")
        if (
            sha256(ENTRY.pack(account.head, digest, leg_no, seq, cents, balance)).hexdigest()
            != head
        ):
            self.fault("I5", subject + "its hash is not of what it says")
        return seq, balance, unhex(head)

    def watch(self, account: Account, seq: int, kind: str, value: object, who: str) -> None:
        """Compare the ``head`` or ``balance`` after entry ``seq`` with ``value`` when it comes."""
        account.watched = sorted([*(account.watched or ()), (seq, kind, value, who)], reverse=True)
        self._compare(account)

    def _compare(self, account: Account) -> None:
        while account.watched and account.watched[-1][0] <= account.seq:
            seq, kind, value, who = account.watched.pop()
            if seq != account.seq or getattr(account, kind) != value:
                self.fault("I20", f"{account.code} entry {seq}: not what {who} saw")

    def end(self, number: int, row: Any) -> None:
        account = self.accounts[number]
        said = (row["version"], row["balance"], row["head"], row["last_at"] or 0)
        full = row["closed"] and (account.balance or not row["key"])
        if said != (account.seq, account.balance, account.head.hex(), account.last) or full:
            self.fault("I2", f"{account.code}: it is not what its entries make of it")
        for seq, _, _, who in account.watched or ():
            self.fault("I20", f"{account.code} entry {seq}: {who} saw it, and it is gone")

    def share(self, books: dict[str, tuple[int, int]]) -> None:
        """Sums to zero and the share of SMEs, book by book, of the balances at the end."""
        sums: Counter[tuple[str, str]] = Counter()
        for account in self.accounts.values():
            for part in {account.type, account.type[0]}:
                sums[account.group[0], part] += account.normal * account.balance
        for book, (n, d) in books.items():
            if any(sums[book, letter] for letter in "BPL"):
                self.fault("I1", f"{book}: it does not add up to zero")
            parts = (sums[book, part] for part in ("B.COORD", "B.CCLAIM", "B.CACC"))
            if d * -sum(parts) > (d - n) * (sums[book, "B.AWARD"] + sums[book, "B.APPR"]):
                self.fault("I7", f"{book}: coordination holds more than its share")

    def settlement(self, row: Any, books: dict[str, tuple[int, int]]) -> None:
        """min(G, S + min(C, S (d-n)/n)), of the balances of S and C at that time."""
        (n, d), who = books[row["book"]], f"settlement {row['book']} {row['n']}"
        s, c, sme = row["s_accepted"], row["c_accepted"], row["sme_part"]
        formula = min(row["grant_max"], s + min(c, s * (d - n) // n))
        said = (row["payable"], sme, row["coord_part"], row["share_n"], row["share_d"])
        if said != (formula, min(s, formula), formula - sme, n, d) or d * sme < n * formula:
            self.fault("I11", f"{who}: it is not the formula")
        for account in self.accounts.values():
            if account.group[0] == row["book"] and account.type in {"B.SACC", "B.CACC"}:
                seq, value = (row["s_seq"], s) if account.type == "B.SACC" else (row["c_seq"], c)
                self.watch(account, seq, "balance", value, who)


P, Q = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493  # Ed25519, RFC 8032
D = -121665 * pow(121666, P - 2, P) % P
Point = tuple[int, int, int, int]


def point(octets: bytes) -> Point:
    """The point of these 32 bytes, in extended coordinates; ValueError when there is none."""
    y, sign = int.from_bytes(octets, "little") & (2**255 - 1), octets[31] >> 7
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if (x * x - square) % P == 0 else x * pow(2, (P - 1) // 4, P) % P
    if len(octets) != 32 or y >= P or (x * x - square) % P or (not x and sign):
        raise ValueError("not a point of the curve")
    return (x := x if x & 1 == sign else P - x, y, 1, x * y % P)


def add(p: Point, q: Point) -> Point:
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def is_signed(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether [s]B = R + [k]A: the key's owner signed. ValueError for what is no signature."""
    s, r = int.from_bytes(signature[32:], "little"), point(signature[:32])
    k = int.from_bytes(sha512(signature[:32] + public_key + message).digest(), "little") % Q
    x, y, _, t = point(public_key)
    base, minus_a, total = point(b"\x58" + b"\x66" * 31), (P - x, y, 1, P - t), (0, 1, 1, 0)
    steps = (total, base, minus_a, add(base, minus_a))
    for bit in range(252, -1, -1):
        total = add(add(total, total), steps[(s >> bit & 1) + 2 * (k >> bit & 1)])
    ends = (total[0] - r[0] * total[2]) % P == (total[1] - r[1] * total[2]) % P == 0
    return ends and s < Q and len(signature) == 64


class Export:  # a folder as export_ledger writes it; what can't be read is a fault like others
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.manifest = json.loads(Path(folder, "manifest.json").read_bytes())
        self.ledger, self.last = Ledger(), (0, bytes(32), "")
        self.sums, self.books, self.rows = {}, {}, {}  # type: Any, dict[str, tuple[int, int]], Any
        self.heads, self.digests = {}, {}  # type: dict[int, list[bytes]], dict[int, list[bytes]]
        self.leaves, self.signed = {}, []  # type: dict[bytes, bytes], list[bytes]

    def each(self, name: str, take: Any) -> None:  # take(line number, row) for each line of a file
        self.sums[name] = read = sha256()
        with Path(self.folder, name).open("rb") as lines:
            for number, line in enumerate(lines, 1):
                read.update(line)
                self.ledger.where = f"{name} line {number}"
                try:
                    take(number, json.loads(line))
                except MALFORMED as problem:
                    self.ledger.fault("I0", f"it can't be read: {problem!r}")
        self.ledger.where = name

    def verify(self, roots: set[str], fingerprint: str | None) -> None:
        ledger = self.ledger
        self.each("accounts.jsonl", ledger.account)
        self.names = {account.name: account for account in ledger.accounts.values()}
        for table in self.manifest["tables"]:
            self.each(f"{table}.jsonl", lambda _, row: self._row(row))
        self.each("heads.jsonl", lambda _, row: self._head(*row))
        self.each("rows.jsonl", lambda _, row: self._digest(*row))
        self.each("events.jsonl", lambda _, row: ledger.event(row))
        self.each("accounts.jsonl", ledger.end)
        ledger.share(self.books)
        self.each("checkpoints.jsonl", lambda _, row: self._checkpoint(row, roots))
        for n in [*self.heads, *self.digests]:
            ledger.fault("I20", f"checkpoint {n} is gone")
        for root in roots:
            ledger.fault("I20", f"the root you hold is not here: {root}")
        if fingerprint not in {None, self.last[2]}:
            ledger.fault("I20", f"the newest checkpoint is not signed by the key {fingerprint}")
        for ledger.where, read in self.sums.items():
            if self.manifest["files"][ledger.where] != read.hexdigest():
                ledger.fault("I0", "it is not the file that was exported")

    def _row(self, row: Any) -> None:
        line = json.dumps(row, sort_keys=True, separators=(",", ":"))
        table = self.ledger.where.split(".")[0]
        digest = sha256(f"{table}\n{line}".encode()).digest()
        self.rows[table, row["key"]] = (digest, self.ledger.where)
        if table == "books":
            self.books[row["book"]] = (row["share_n"], row["share_d"])
        if table == "settlements":
            self.ledger.settlement(row, self.books)

    def _head(self, n: int, name: str, version: int, head: str, closed: int) -> None:
        self.heads.setdefault(n, []).append(LEAF.pack(unhex(name), version, unhex(head), closed))
        if account := self.names.get(unhex(name)):
            self.ledger.watch(account, version, "head", unhex(head), f"checkpoint {n}")
        elif not self.manifest["book"]:
            self.ledger.fault("I20", f"checkpoint {n} saw an account that is gone")

    def _digest(self, n: int, table: str, key: Any, digest: str) -> None:
        self.digests.setdefault(n, []).append(unhex(digest))
        known, self.ledger.where = self.rows.get((table, key), (None, self.ledger.where))
        if key is not None and known != unhex(digest):
            self.ledger.fault("I20", f"{table} {key}: not what checkpoint {n} saw")

    def _checkpoint(self, row: Any, roots: set[str]) -> None:
        n, key, root = row["n"], unhex(row["public_key"]), unhex(row["root"])
        self.leaves.update((leaf[:32], leaf) for leaf in self.heads.pop(n, ()))
        self.signed.extend(self.digests.pop(n, ()))
        leaves, rows = sorted(self.leaves.values()), sorted(self.signed)
        counts = (len(leaves), sum(LEAF.unpack(leaf)[1] for leaf in leaves), len(rows))
        head = ROOT.pack(self.last[1], n, row["at"], *counts, key)
        said = (n, row["prev_root"], row["accounts"], row["entries"], row["rows"])
        if said != (self.last[0] + 1, self.last[1].hex(), *counts):
            self.ledger.fault("I20", f"checkpoint {n} does not continue the one before")
        if sha256(b"".join([head, *leaves, *rows])).digest() != root:
            self.ledger.fault("I20", f"checkpoint {n}: its root is not of what it saw")
        if not is_signed(key, SIGNED + root, unhex(row["signature"])):
            self.ledger.fault("I20", f"checkpoint {n}: it is not signed by its key")
        self.last = (n, root, sha256(key).hexdigest())
        roots.discard(row["root"])


def main() -> None:
    parser = argparse.ArgumentParser(description="Verify an export of the ledger.")
    parser.add_argument("folder", nargs="?", default=str(Path(__file__).parent))
    parser.add_argument("--root", action="append", default=[], help="a root that you hold")
    parser.add_argument("--fingerprint", help="SHA-256 of the key that you trust, in hex")
    options = parser.parse_args()
    try:
        export = Export(Path(options.folder))
        export.verify({root.lower() for root in options.root}, options.fingerprint)
    except (OSError, *MALFORMED) as problem:
        sys.exit(f"FAIL: the export can't be read: {problem!r}")
    ledger, (n, root, key) = export.ledger, export.last
    for rule, where, subject in ledger.faults[:1]:
        sys.exit(f"FAIL: {where}: {subject} ({rule}); {len(ledger.faults)} faults in all")
    entries, accounts = sum(a.seq for a in ledger.accounts.values()), len(ledger.accounts)
    print(f"PASS: {len(export.books)} books, {accounts} accounts, {ledger.events} events,")
    print(f"{entries} entries, {n} checkpoints; newest root {root.hex()}, key {key}")


if __name__ == "__main__":
    main()
