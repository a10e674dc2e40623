"""Ties between organisations: declared by who runs one of the two; both sides are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from core.errors import DomainError, NotAllowed, Refused
from core.locks import locked, locked_all
from parties import notices
from parties.models import Organisation, OrganisationLink
from parties.permissions import can_run
from parties.rules import ties
from parties.rules.days import day_of

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from core.models import Document, Person


@transaction.atomic
def link(
    *,
    parent_id: UUID,
    child_id: UUID,
    share_bp: int,
    kind: str,
    start_date: date,
    actor: Person,
    at: datetime,
) -> OrganisationLink:
    """Declare that one organisation holds a share of another, in basis points.

    Refused when kind and share contradict each other (Recommendation 2003/361/EC, Annex,
    Article 3), when the tie is known already, or when it would begin in the future.
    """
    day = day_of(at)
    if not any(can_run(actor, key, on_date=day) for key in (parent_id, child_id)):
        raise NotAllowed(f"{actor} runs neither {parent_id} nor {child_id}")
    tie = OrganisationLink(
        parent_id=parent_id,
        child_id=child_id,
        share_bp=share_bp,
        kind=kind,
        start_date=start_date,
        declared_by=actor,
        declared_at=at,
    )
    return _keep(tie, at=at)


def _keep(tie: OrganisationLink, *, at: datetime) -> OrganisationLink:
    """Lock both sides, refuse what cannot be, keep the tie and tell both."""
    if tie.parent_id == tie.child_id:
        raise DomainError(_("An organisation has no tie with itself. Choose another."))
    rows = Organisation.objects.filter(pk__in=[tie.parent_id, tie.child_id])
    pair = {row.pk: row for row in locked_all(rows)}
    if len(pair) < 2:
        raise NotAllowed(f"{tie.parent_id} or {tie.child_id} does not exist")
    tie.parent, tie.child = pair[tie.parent_id], pair[tie.child_id]
    _refuse_contradiction(share_bp=tie.share_bp, kind=tie.kind)
    _refuse_dates(tie.parent, tie.child, start_date=tie.start_date, today=day_of(at))
    tie.save(force_insert=True)
    notices.link_changed(tie, at=at)
    return tie


@transaction.atomic
def record(
    *,
    organisation_id: UUID,
    number: str,
    direction: str,
    share_bp: int,
    start_date: date,
    reason: str,
    evidence: Document,
    actor: Person,
    at: datetime,
) -> OrganisationLink:
    """An officer records that the organisation and the one with this number are linked.

    The caller has checked the office. Refused without a reason, and as ``declare`` is.
    """
    if not reason.strip():
        raise DomainError(_("Write what shows that the two are linked."), field="reason")
    other_id = _by_number(number)
    up = direction == "up"
    tie = OrganisationLink(
        parent_id=other_id if up else organisation_id,
        child_id=organisation_id if up else other_id,
        share_bp=share_bp,
        kind=OrganisationLink.Kind.LINKED,
        start_date=start_date,
        reason=reason.strip(),
        evidence=evidence,
        declared_by=actor,
        declared_at=at,
    )
    return _keep(tie, at=at)


@transaction.atomic
def declare(
    *,
    organisation_id: UUID,
    number: str,
    direction: str,
    share_bp: int,
    kind: str,
    start_date: date,
    actor: Person,
    at: datetime,
) -> OrganisationLink:
    """Declare a tie with the organisation that has this number; `direction` is up or down.

    "up": the other one holds the share. Refused when no organisation has the number.
    """
    other_id = _by_number(number)
    parent_id, child_id = (
        (other_id, organisation_id) if direction == "up" else (organisation_id, other_id)
    )
    return link(
        parent_id=parent_id,
        child_id=child_id,
        share_bp=share_bp,
        kind=kind,
        start_date=start_date,
        actor=actor,
        at=at,
    )


@transaction.atomic
def end_link(
    *, link_id: UUID, actor: Person, at: datetime, end_date: date | None = None, reason: str = ""
) -> OrganisationLink:
    """End a tie, today if no day is given; it keeps counting for the days before."""
    found = locked(OrganisationLink, link_id)
    day = day_of(at)
    if not any(can_run(actor, key, on_date=day) for key in (found.parent_id, found.child_id)):
        raise NotAllowed(f"{actor} runs neither side of {found}")
    if found.end_date is not None:
        raise Refused(_("This tie was ended before."))
    last_day = end_date or day
    if last_day < found.start_date:
        raise DomainError(_("A tie ends after it began."), field="end_date")
    found.end_date, found.ended_by, found.ended_reason = last_day, actor, reason.strip()
    found.save(update_fields=["end_date", "ended_by", "ended_reason"])
    notices.link_changed(found, at=at)
    return found


def _by_number(number: str) -> UUID:
    """Whole numbers only: nobody finds an organisation by a part of one."""
    bare = "".join(number.split()).upper()
    either = Q(vat_number=bare) | Q(registration_number__in=[bare, number.strip()])
    found = Organisation.objects.filter(either).order_by("pk").first()
    if found is None:
        words = _("No organisation with the number “%(number)s” is registered. Check it again.")
        raise DomainError(words % {"number": number}, field="number")
    return found.pk


def _refuse_contradiction(*, share_bp: int, kind: str) -> None:
    if not 0 <= share_bp <= ties.WHOLE_BP:
        raise DomainError(_("A share lies between 0 and 100 %."), field="share_bp")
    by_share = ties.kind_of_share(share_bp)
    if by_share == "linked" and kind != "linked":
        words = _("More than 50 % makes it a linked enterprise. Choose that kind.")
        raise DomainError(words, field="kind")
    if kind == "partner" and by_share != "partner":
        words = _("A partner enterprise holds from 25 % to 50 %. Correct the share or the kind.")
        raise DomainError(words, field="share_bp")


def _refuse_dates(
    parent: Organisation, child: Organisation, *, start_date: date, today: date
) -> None:
    if start_date > today:
        raise DomainError(_("Declare a tie once it exists, not before."), field="start_date")
    if OrganisationLink.objects.filter(parent=parent, child=child, end_date=None).exists():
        words = _("A tie from %(parent)s to %(child)s is declared already. End it first.")
        raise DomainError(words % {"parent": parent, "child": child})
