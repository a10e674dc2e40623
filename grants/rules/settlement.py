"""What a grant comes to when it closes, and the reason in figures. Cents throughout.

The ledger computes and guards the amount itself; this explains it to the officer who signs
(docs/domain.md, "Final grant").
"""

from __future__ import annotations

from dataclasses import dataclass

from ledger.rules import share as ledger_share


@dataclass(frozen=True, slots=True)
class Outcome:
    """The final grant and how it comes about."""

    grant_max: int
    sme_accepted: int
    coordination_accepted: int
    matched: int
    sme_part: int
    coordination_part: int
    cut: int
    sme_missing: int
    released: int
    received: int

    @property
    def final_grant(self) -> int:
        """What the EU contributes in the end."""
        return self.sme_part + self.coordination_part

    @property
    def balance(self) -> int:
        """What is still to be paid; negative: to be paid back."""
        return self.final_grant - self.received


@dataclass(frozen=True, slots=True)
class Share:
    """The part of a grant that must reach SMEs, as two integers."""

    n: int = 3
    d: int = 4


def outcome(
    sme_cents: int,
    *,
    coordination_cents: int,
    grant_max_cents: int,
    received_cents: int = 0,
    share: Share = Share(),
) -> Outcome:
    """``min(G, S + min(C, S·(d−n)/n))`` and what follows: the cut, and what would undo it.

    ``sme_missing`` is how much more accepted SME support would make ``released`` of the cut
    payable; both are 0 when the maximum grant is what binds.
    """
    if received_cents < 0:
        raise ValueError(f"received is negative: {received_cents}")
    n, d = share.n, share.d
    matched = ledger_share.coordination_matched(sme_cents, n=n, d=d)
    parts = ledger_share.settle(
        grant_max_cents, support=sme_cents, coordination=coordination_cents, n=n, d=d
    )
    missing = _sme_missing(sme_cents, coordination_cents, grant_max_cents, share)
    reachable = min(coordination_cents, grant_max_cents - sme_cents - missing)
    return Outcome(
        grant_max=grant_max_cents,
        sme_accepted=sme_cents,
        coordination_accepted=coordination_cents,
        matched=matched,
        sme_part=parts.sme_part,
        coordination_part=parts.coord_part,
        cut=coordination_cents - parts.coord_part,
        sme_missing=missing,
        released=reachable - parts.coord_part if missing else 0,
        received=received_cents,
    )


def _sme_missing(sme: int, coordination: int, grant_max: int, share: Share) -> int:
    """SME support that would match all coordination, or as much as the maximum grant holds."""
    whole = -(-coordination * share.n // (share.d - share.n))
    room = ledger_share.sme_pool(grant_max, n=share.n, d=share.d)
    return max(0, min(whole, room) - sme)
