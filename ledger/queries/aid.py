"""Reading the register of de minimis aid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Sum

from ledger.models import Aid, AidHolder, AidMember
from ledger.rules import aid as rules

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from uuid import UUID

    from django.db.models import QuerySet


def roots_of(keys: Iterable[object], *, country: str) -> list[int]:
    """The undertakings that ``keys`` belong to, the one known longest first; ids of holders."""
    later = AidMember.objects.filter(holder=OuterRef("holder"), pk__gt=OuterRef("pk"))
    rows = AidMember.objects.filter(~Exists(later), holder__key__in=[str(key) for key in keys])
    return sorted(set(rows.filter(holder__country=country).values_list("root", flat=True)))


def countries_of(keys: Iterable[object]) -> list[str]:
    """The Member States in whose register one of ``keys`` stands."""
    known = AidHolder.objects.filter(key__in=[str(key) for key in keys])
    return sorted(set(known.values_list("country", flat=True)))


def of_undertakings(keys: Iterable[object], *, country: str) -> QuerySet[Aid]:
    """Every row of the undertakings that ``keys`` belong to.

    Who is a member of what is still a root has not left it: a membership only ends with its root.
    """
    members = AidMember.objects.filter(root__in=roots_of(keys, country=country))
    return Aid.objects.filter(holder__in=members.values("holder"))


def register(keys: Iterable[object], *, country: str) -> QuerySet[Aid]:
    """Every row of the undertakings that ``keys`` belong to, by the day of the legal right."""
    rows = of_undertakings(keys, country=country)
    return rows.select_related("holder", "document", "event").order_by("granted_on", "pk")


def aid_rows(keys: Iterable[object]) -> QuerySet[Aid]:
    """Every row of these enterprises themselves, in every Member State, as they were entered."""
    rows = Aid.objects.filter(holder__key__in=[str(key) for key in keys])
    return rows.select_related("holder", "document").order_by("holder", "granted_on", "pk")


def aid_room(
    keys: Iterable[object],
    *,
    country: str,
    on: date,
    years: int = rules.YEARS,
    ceiling_cents: int = rules.CEILING_CENTS,
) -> rules.Room:
    """What enterprises that are one undertaking may still get on that day; two queries.

    ``keys`` may name enterprises that the register does not know, or not yet as linked.
    """
    rows = of_undertakings(keys, country=country)
    granted = rows.values_list("granted_on", "leaves_on", "cents")
    return rules.room(
        [rules.Granted(*row) for row in granted], on=on, years=years, ceiling_cents=ceiling_cents
    )


def aid_entered(idem: UUID) -> Aid | None:
    """The row that was entered with this key."""
    return Aid.objects.filter(idem=idem).first()


def uncorrected(aid: Aid) -> int:
    """What of a row still counts, in cents."""
    return aid.cents + (aid.corrections.aggregate(Sum("cents"))["cents__sum"] or 0)
