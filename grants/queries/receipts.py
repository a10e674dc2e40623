"""Whether a receipt is genuine: by its number and fingerprint, or by the file itself."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from grants.models import ProposalVersion, Receipt

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

SHOWN_DIGITS_MIN = 12


@dataclass(frozen=True, slots=True)
class Verified:
    """What a genuine receipt proves; nothing of the proposal's content is told."""

    receipt_number: str
    call_identifier: str
    version_number: int
    submitted_at: datetime
    sha256: str


def by_number(number: str, *, fingerprint: str) -> Verified | None:
    """The version with this receipt number whose fingerprint begins with these digits.

    At least twelve digits are compared, as many as are printed in large type.
    """
    digits = fingerprint.replace(" ", "").lower()
    if len(digits) < SHOWN_DIGITS_MIN:
        return None
    version = _versions().filter(receipt_number=number.strip().upper()).first()
    if version is None or not version.sha256.startswith(digits):
        return None
    return _verified(version)


def by_file(content: bytes) -> Verified | None:
    """The version whose printed receipt is exactly this file."""
    digest = hashlib.sha256(content).hexdigest()
    receipt = Receipt.objects.filter(document__sha256=digest).first()
    return _verified(_versions().get(pk=receipt.version_id)) if receipt else None


def _versions() -> QuerySet[ProposalVersion]:
    return ProposalVersion.objects.select_related("proposal__call").defer("content")


def _verified(version: ProposalVersion) -> Verified:
    return Verified(
        receipt_number=version.receipt_number,
        call_identifier=version.proposal.call.identifier,
        version_number=version.number,
        submitted_at=version.submitted_at,
        sha256=version.sha256,
    )
