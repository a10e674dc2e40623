"""The finding on an enterprise's size: figures, public bodies, several accounting periods.

Recommendation 2003/361/EC, annex, Articles 2 to 6; docs/domain.md, "SME definition".
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from vouchers.rules.sme_status import (
    ORDER,
    Enterprise,
    Figures,
    Finding,
    Ground,
    Size,
    count_ties,
    is_public_controlled,
    size_of,
    with_all,
)

if TYPE_CHECKING:
    from collections.abc import Sequence


def status_over_years(sizes: Sequence[Size], *, by_acquisition: bool = False) -> Size:
    """Status after the last of consecutive accounting periods, oldest first (Article 4(2)).

    The class of one year alone never changes the status: only two consecutive years on the same
    side do, and then by the smaller step of the two. A merger or acquisition changes it at once
    (European Commission, User guide to the SME definition).

    Raises ``ValueError`` without any year.
    """
    if not sizes:
        raise ValueError("at least one accounting period is needed")
    if by_acquisition:
        return sizes[-1]
    ranks = [ORDER.index(size) for size in sizes]
    status = ranks[0]
    for before, now in pairwise(ranks):
        status = _step(status, before, now)
    return ORDER[status]


def _step(status: int, before: int, now: int) -> int:
    if before > status and now > status:
        return min(before, now)
    if before < status and now < status:
        return max(before, now)
    return status


def find_status(
    enterprise: Enterprise, *, earlier: Sequence[Figures] = (), by_acquisition: bool = False
) -> Finding:
    """The size class of an enterprise.

    ``earlier`` are the added-up totals of the accounting periods before, oldest first; none for a
    new enterprise. Public control makes it "not an SME" whatever the figures (Article 3(4)).
    """
    totals = with_all(enterprise)
    of_the_year = size_of(totals)
    sizes = [*(size_of(total) for total in earlier), of_the_year]
    status = status_over_years(sizes, by_acquisition=by_acquisition)
    grounds = [Ground.FIGURES]
    if by_acquisition:
        grounds.append(Ground.ACQUISITION)
    elif status is not of_the_year:
        grounds.append(Ground.TWO_YEARS)
    if is_public_controlled(enterprise):
        status = Size.LARGE
        grounds.append(Ground.PUBLIC_BODY)
    return Finding(status, of_the_year, totals, tuple(grounds), count_ties(enterprise))
