"""Tokens of invitations: only their fingerprint is kept."""

import hashlib
from datetime import datetime, timedelta
from typing import Final

VALID_DAYS: Final = 14


def fingerprint(token: str) -> str:
    """SHA-256 of a token, in hexadecimal. A token is random and long, so no salt is needed."""
    return hashlib.sha256(token.encode()).hexdigest()


def expires_at(invited_at: datetime, *, days: int = VALID_DAYS) -> datetime:
    """End of an invitation's life: the same clock time `days` later."""
    if days < 1:
        raise ValueError(f"an invitation lives at least a day: {days}")
    return invited_at + timedelta(days=days)


def is_expired(expires: datetime, *, at: datetime) -> bool:
    """Whether the invitation is over; at the very instant it still counts."""
    return at > expires
