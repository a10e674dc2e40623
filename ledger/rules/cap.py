"""Row 6d: two groups under two caps turn out to be one."""

from __future__ import annotations

from ledger.rules.chart import AccountType as T
from ledger.rules.legs import Leg, leg


def groups_linked(
    book_id: int, *, first: object, second: object, first_room: int, second_room: int, used: int
) -> tuple[Leg, ...]:
    """Row 6d: two groups are one; the second's use moves to the first, its head-room is void.

    The first's head-room shrinks by what was ``used``, to no less than 0: what both have used
    above the cap stays visible in ``L.USED``, and nothing new can be awarded.
    """
    return (
        leg(book_id, T.CAP, T.LIMIT, second_room, frm=second),
        leg(book_id, T.USED, T.USED, used, frm=second, to=first),
        leg(book_id, T.CAP, T.LIMIT, min(first_room, used), frm=first),
    )
