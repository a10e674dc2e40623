"""Entering de minimis aid: granted by us, declared by the enterprise, taken back, joined.

The database keeps the ceiling (``ledger/ddl/aid``): it locks the undertaking and refuses a row by
which a window would be too full. What is read here before is read for the sentence.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core.errors import DomainError
from core.presentation.formats import day, eur
from ledger.models import Aid, AidHolder, AidMember
from ledger.queries import aid as queries
from ledger.rules import aid as rules

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime
    from uuid import UUID

    from core.models import Document, Person
    from ledger.models import Event


@dataclass(frozen=True, slots=True)
class AidGrant:
    """``cents`` for the enterprise ``key`` by the Member State ``country`` (two letters).

    ``linked``: keys of all enterprises that are one undertaking with it. Aid of ours names its
    ``event``, declared aid ``granted_by``. Ceiling and years are those of the call's regime.
    """

    idem: UUID
    key: object
    linked: Collection[object]
    country: str
    granted_on: date
    cents: int
    document: Document
    event: Event | None = None
    granted_by: str = ""
    ceiling_cents: int = rules.CEILING_CENTS
    years: int = rules.YEARS


def register_aid(grant: AidGrant, *, actor: Person, at: datetime) -> Aid:
    """Enter aid; the same key again returns the first row.

    Raises ``DomainError`` with what is left, and in which window, when it does not fit or when
    the key was used for something else.
    """
    try:
        with transaction.atomic():
            return _register(grant, actor=actor, at=at)
    except IntegrityError:  # somebody else's row came first: read again, and say what is left
        with transaction.atomic():
            return _register(grant, actor=actor, at=at)


def _register(grant: AidGrant, *, actor: Person, at: datetime) -> Aid:
    keys = {str(key) for key in (*grant.linked, grant.key)}
    holder = _holder(grant)
    join_undertakings(keys, country=grant.country)
    first = Aid.objects.filter(idem=grant.idem).first()
    if first is not None:
        return _replayed(first, grant=grant, holder=holder)
    _check(grant, keys=keys)
    return Aid.objects.create(
        idem=grant.idem,
        holder=holder,
        granted_on=grant.granted_on,
        leaves_on=rules.leaves_on(grant.granted_on, years=grant.years),
        years=grant.years,
        cents=grant.cents,
        ceiling_cents=grant.ceiling_cents,
        event=grant.event,
        granted_by=grant.granted_by,
        document=grant.document,
        actor=actor,
        at=at,
    )


def declare_aid(grant: AidGrant, *, number: int, actor: Person, at: datetime) -> Aid:
    """Enter what an enterprise declared, once for the undertaking however often it is said.

    ``number``: how many equal rows the same declaration has had, this one included.
    """
    with transaction.atomic():
        _holder(grant)
        keys = {str(key) for key in (*grant.linked, grant.key)}
        same = queries.register(keys, country=grant.country).filter(
            granted_on=grant.granted_on,
            cents=grant.cents,
            granted_by__iexact=grant.granted_by,
            event__isnull=True,
        )
        known = list(same[:number])
        return known[-1] if len(known) == number else register_aid(grant, actor=actor, at=at)


def _holder(grant: AidGrant) -> AidHolder:
    known = AidHolder.objects.filter(key=str(grant.key), country=grant.country)
    if not known.exists():
        wanted = AidHolder(key=str(grant.key), country=grant.country)
        AidHolder.objects.bulk_create([wanted], ignore_conflicts=True)
    return known.get()


def _replayed(first: Aid, *, grant: AidGrant, holder: AidHolder) -> Aid:
    if (first.holder_id, first.granted_on, first.cents) != (
        holder.pk,
        grant.granted_on,
        grant.cents,
    ):
        raise DomainError(_("This aid was entered with another day or amount. Compare the two."))
    return first


def _check(grant: AidGrant, *, keys: Collection[str]) -> None:
    room = queries.aid_room(
        keys,
        country=grant.country,
        on=grant.granted_on,
        years=grant.years,
        ceiling_cents=grant.ceiling_cents,
    )
    if grant.cents > room.left:
        raise DomainError(refusal(room, cents=grant.cents, ceiling_cents=grant.ceiling_cents))


def refusal(room: rules.Room, *, cents: int, ceiling_cents: int) -> str:
    """Why the aid does not fit, with what is left in which window."""
    return _(
        "From %(first)s to %(last)s, %(counted)s of de minimis aid count for this enterprise and "
        "those linked with it. The ceiling is %(ceiling)s, so at most %(left)s may be added; this "
        "would be %(asked)s."
    ) % {
        "first": day(room.first_day),
        "last": day(room.last_day),
        "counted": eur(room.counted),
        "ceiling": eur(ceiling_cents),
        "left": eur(room.left),
        "asked": eur(cents),
    }


@transaction.atomic
def join_undertakings(keys: Collection[object], *, country: str = "") -> int:
    """Enterprises turn out to be one undertaking: their aid counts together from now on.

    In the Member State named, or else in every one that has given them aid.

    What was lawful before stays, also above the ceiling (Article 3(8)); then nothing may be
    added. Returns how many undertakings joined the one that the register has known longest.
    """
    known = [country] if country else queries.countries_of(keys)
    return sum(_join(keys, country=one) for one in known)


def _join(keys: Collection[object], *, country: str) -> int:
    newest = Aid.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    joined = 0
    while len(roots := queries.roots_of(keys, country=country)) > 1:
        try:
            with transaction.atomic():
                AidMember.objects.create(holder_id=roots[1], root_id=roots[0], since=newest)
        except IntegrityError:  # somebody else joined one of them meanwhile: read again
            continue
        joined += 1
    return joined


@dataclass(frozen=True, slots=True)
class AidCorrection:
    """``cents`` of ``aid`` that were not granted after all, with what shows it."""

    idem: UUID
    aid: Aid
    cents: int
    document: Document
    event: Event | None = None


def correct_aid(correction: AidCorrection, *, actor: Person, at: datetime) -> Aid:
    """Take aid back on its own day, so that every window that held it has room again.

    Raises ``DomainError`` when the row has less left.
    """
    first = Aid.objects.filter(idem=correction.idem).first()
    if first is not None:
        return first
    aid = correction.aid
    if correction.cents > queries.uncorrected(aid):
        raise DomainError(
            _("Only %(left)s of this aid are left to be taken back.")
            % {"left": eur(queries.uncorrected(aid))}
        )
    return Aid.objects.create(
        idem=correction.idem,
        holder_id=aid.holder_id,
        granted_on=aid.granted_on,
        leaves_on=aid.leaves_on,
        years=aid.years,
        cents=-correction.cents,
        ceiling_cents=aid.ceiling_cents,
        corrects=aid,
        event=correction.event,
        granted_by=aid.granted_by if correction.event is None else "",
        document=correction.document,
        actor=actor,
        at=at,
    )
