"""The preimage is written out here by hand: a change of one byte must break this."""

import struct
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256
from uuid import UUID

import pytest

from ledger.rules import chain

SIGNED = chain.Signed(
    idem=UUID(int=7),
    kind="sme_call_opened",
    document_sha256="cd" * 32,
    effective_on=date(2023, 5, 2),
    at_us=1_683_000_000_000_000,
    recorded_us=1_683_000_000_000_001,
    actor=UUID(int=8),
    approver=UUID(int=9),
    payload_sha256="ab" * 32,
)
ENTRY = {"leg_no": 2, "seq": 3, "amount": -500, "balance_after": 1_250}


def name(text: str) -> bytes:
    return sha256(text.encode()).digest()


def test_the_digest_of_an_event_hashes_exactly_these_bytes() -> None:
    preimage = (
        UUID(int=7).bytes
        + name("sme_call_opened")
        + b"\xcd" * 32
        + struct.pack(">i", (date(2023, 5, 2) - date(2000, 1, 1)).days)
        + struct.pack(">qq", 1_683_000_000_000_000, 1_683_000_000_000_001)
        + UUID(int=8).bytes
        + UUID(int=9).bytes
        + b"\xab" * 32
    )
    assert len(preimage) == 164
    assert chain.event_digest(SIGNED) == sha256(preimage).digest()


def test_an_entry_hashes_exactly_these_bytes() -> None:
    head, digest = b"\x01" * 32, b"\x02" * 32
    preimage = head + digest + struct.pack(">iqqq", 2, 3, -500, 1_250)
    assert len(preimage) == 92
    assert chain.link(head, digest, **ENTRY) == sha256(preimage).digest()


def test_nobody_approving_is_sixteen_zero_bytes() -> None:
    nobody = chain.event_digest(replace(SIGNED, approver=None))
    assert nobody == chain.event_digest(replace(SIGNED, approver=UUID(int=0)))


@pytest.mark.parametrize(
    "changed",
    [
        {"idem": UUID(int=70)},
        {"kind": "sme_call_done"},
        {"document_sha256": "ce" * 32},
        {"effective_on": date(2023, 5, 3)},
        {"at_us": 1_683_000_000_000_001},
        {"recorded_us": 1_683_000_000_000_002},
        {"actor": UUID(int=80)},
        {"approver": UUID(int=90)},
        {"payload_sha256": "ac" * 32},
    ],
)
def test_every_field_of_an_event_is_signed(changed: dict[str, object]) -> None:
    other = replace(SIGNED, **changed)  # type: ignore[arg-type]  # one field at a time
    assert chain.event_digest(other) != chain.event_digest(SIGNED)


@pytest.mark.parametrize("field", sorted(ENTRY))
def test_every_field_of_an_entry_is_signed(field: str) -> None:
    other = ENTRY | {field: ENTRY[field] + 1}
    assert chain.link(bytes(32), bytes(32), **other) != chain.link(bytes(32), bytes(32), **ENTRY)


def test_genesis_signs_what_the_account_is() -> None:
    first = chain.genesis("EC-1/B.POOL", "B.POOL", normal=-1, floor=0, book_code="EC-1")
    preimage = name("EC-1/B.POOL") + name("B.POOL") + struct.pack(">bq", -1, 0) + name("EC-1")
    assert first == sha256(preimage).digest()
    control = chain.genesis("EC-1/B.POOL", "B.POOL", normal=-1, floor=None, book_code="EC-1")
    assert control != first


def test_microseconds_are_exact() -> None:
    assert chain.microseconds(datetime(1970, 1, 1, 0, 0, 1, 5, tzinfo=UTC)) == 1_000_005
    assert chain.microseconds(datetime(2026, 11, 22, 23, 59, 59, 999_999, tzinfo=UTC)) % 10 == 9


def test_payload_differs_by_kind_document_day_leg_and_order() -> None:
    def payload(**changed: object) -> str:
        said: dict[str, object] = {
            "kind": "award",
            "document_sha256": "ab" * 32,
            "effective_on": date(2023, 5, 2),
            "legs": [("a", "b", 1), ("b", "c", 2)],
        } | changed
        return chain.payload(
            str(said["kind"]),
            document_sha256=str(said["document_sha256"]),
            effective_on=said["effective_on"],  # type: ignore[arg-type]  # a date above
            legs=said["legs"],  # type: ignore[arg-type]  # a list above
            reverses=said.get("reverses"),  # type: ignore[arg-type]  # a key below
        )

    assert payload() == payload()
    others = {
        payload(kind="interim"),
        payload(document_sha256="ac" * 32),
        payload(effective_on=date(2023, 5, 3)),
        payload(legs=[("b", "c", 2), ("a", "b", 1)]),
        payload(legs=[("a", "b", 1), ("b", "c", 3)]),
        payload(legs=[("a", "b", 1)]),
        payload(reverses=UUID(int=1)),
    }
    assert len(others) == 7
    assert payload() not in others
