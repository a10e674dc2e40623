"""The key that signs checkpoints: of the environment, or the demo's own beside its database."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings


def key() -> Ed25519PrivateKey | None:
    """``LEDGER_KEY`` (64 hex digits), or what the file ``LEDGER_KEY_FILE`` says, made when missing.

    None where neither is set: then no checkpoints are taken.
    """
    text: str = settings.LEDGER_KEY
    if not text and settings.LEDGER_KEY_FILE:
        text = _kept(Path(settings.LEDGER_KEY_FILE))
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(text)) if text else None


def public(private: Ed25519PrivateKey) -> bytes:
    """Its 32 public bytes."""
    return private.public_key().public_bytes_raw()


def fingerprint(public_key: bytes) -> str:
    """What people compare: the SHA-256 of the public key, in hex."""
    return sha256(public_key).hexdigest()


def _kept(path: Path) -> str:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(Ed25519PrivateKey.generate().private_bytes_raw().hex())
    return path.read_text().strip()
