"""Signatures as the single file checks them: the vectors of RFC 8032, and a library's."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ledger.verifier.verify_ledger import Q, is_signed, point

VECTORS = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        (
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
            "d25bf5f0595bbe24655141438e7a100b"
        ),
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        (
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
            "387b2eaeb4302aeeb00d291612bb0c00"
        ),
    ),
]
NO_SQUARE = (2).to_bytes(32, "little")
ABOVE_P = (2**255 - 18).to_bytes(32, "little")


@pytest.mark.parametrize(("key", "message", "signature"), VECTORS)
def test_the_vectors_of_the_standard_hold(key: str, message: str, signature: str) -> None:
    signed = (bytes.fromhex(key), bytes.fromhex(message), bytes.fromhex(signature))
    assert is_signed(*signed)
    assert not is_signed(signed[0], signed[1] + b"x", signed[2])


def test_it_agrees_with_the_library_that_signs() -> None:
    for number in range(8):
        key = Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32)
        public, message = key.public_key().public_bytes_raw(), b"root %d" % number
        signature = key.sign(message)
        assert is_signed(public, message, signature)
        for at in range(0, 64, 7):
            changed = bytearray(signature)
            changed[at] ^= 1
            try:
                assert not is_signed(public, message, bytes(changed))
            except ValueError:  # what was changed is no point any more
                assert at < 32


def test_a_signature_has_one_form() -> None:
    key = Ed25519PrivateKey.from_private_bytes(bytes(32))
    public, signature = key.public_key().public_bytes_raw(), key.sign(b"")
    s = int.from_bytes(signature[32:], "little") + Q
    assert not is_signed(public, b"", signature[:32] + s.to_bytes(32, "little"))
    assert not is_signed(public, b"", signature + b"\0")


@pytest.mark.parametrize("octets", [NO_SQUARE, ABOVE_P, b"\1" + bytes(30) + b"\x80", bytes(33)])
def test_what_is_no_point_is_refused(octets: bytes) -> None:
    with pytest.raises(ValueError, match="not a point"):
        point(octets)
