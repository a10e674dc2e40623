"""A later last day for a voucher, and its suspension: asked by one person, decided by another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import DomainError, NotAllowed, Refused
from core.gate import fire
from core.locks import locked
from core.presentation.formats import day
from parties.rules.days import day_of
from vouchers.actions.turns import told
from vouchers.lifecycle.voucher import VoucherLifecycle
from vouchers.models import USABLE, Voucher, VoucherExtension
from vouchers.notices import voucher as notices
from vouchers.permissions import holds, is_own
from vouchers.rules.window import extension_is_possible

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from core.models import Person


@transaction.atomic
def ask(
    voucher_id: UUID, *, new_day: date, reason: str, actor: Person, at: datetime
) -> VoucherExtension:
    """A fund manager asks for a later last day, within the grant and before the old one passes."""
    voucher = locked(Voucher, voucher_id)
    _check_person(voucher, actor, roles=("FM",), at=at)
    if voucher.state not in USABLE or voucher.expires_on is None:
        raise Refused(_("Only a voucher that can be used can be extended."))
    if not extension_is_possible(
        expires_on=voucher.expires_on,
        new_day=new_day,
        today=day_of(at),
        grant_ends_on=voucher.grant.ends_on,
    ):
        raise DomainError(
            _("Choose a day after %(old)s and not after the grant's end on %(end)s.")
            % {"old": day(voucher.expires_on), "end": day(voucher.grant.ends_on)},
            field="new_day",
        )
    if not reason.strip():
        raise DomainError(_("Write why the voucher needs longer."), field="reason")
    if open_request(voucher) is not None:
        raise Refused(_("An extension has been asked for already and waits for its decision."))
    extension = VoucherExtension.objects.create(
        voucher=voucher,
        expires_before=voucher.expires_on,
        expires_after=new_day,
        reason=reason,
        asked_by=actor,
        asked_at=at,
    )
    told(voucher, "ask_extension", actor=actor, at=at)
    return extension


def open_request(voucher: Voucher) -> VoucherExtension | None:
    """The extension that waits for its decision."""
    return voucher.extensions.filter(decided_at__isnull=True).first()


def _check_person(voucher: Voucher, actor: Person, *, roles: tuple[str, ...], at: datetime) -> None:
    today = day_of(at)
    if not holds(actor, voucher.grant_id, *roles, on=today) or is_own(voucher, actor, on=today):
        raise NotAllowed(f"{actor} may not extend {voucher}")


@transaction.atomic
def extend(*, voucher_id: UUID, actor: Person, at: datetime, reason: str = "") -> Voucher:
    """The second person grants the extension: the voucher runs to the new last day."""
    voucher = locked(Voucher, voucher_id)
    lifecycle = VoucherLifecycle(voucher, at=at)
    asked = open_request(voucher)
    lifecycle.new_day = asked.expires_after if asked else None
    fire(lifecycle, "extend", actor=actor, at=at, reason=reason)
    assert asked is not None, "the lifecycle asks for a request"
    _decide(asked, granted=True, actor=actor, at=at)
    notices.changed(
        voucher,
        subject=_("Voucher %(number)s runs longer") % {"number": voucher.number},
        sentence=_("Its last day is now %(day)s.") % {"day": day(voucher.expires_on)},
        at=at,
    )
    return voucher


@transaction.atomic
def refuse(voucher_id: UUID, *, actor: Person, at: datetime) -> Voucher:
    """The second person refuses the extension; the last day stays."""
    voucher = locked(Voucher, voucher_id)
    _check_person(voucher, actor, roles=("FM", "FO"), at=at)
    asked = open_request(voucher)
    if asked is None:
        raise Refused(_("No extension waits for a decision."))
    if asked.asked_by_id == actor.pk:
        raise Refused(_("Another person has to decide on what you asked for."))
    _decide(asked, granted=False, actor=actor, at=at)
    told(voucher, "refuse_extension", actor=actor, at=at)
    return voucher


def _decide(asked: VoucherExtension, *, granted: bool, actor: Person, at: datetime) -> None:
    asked.is_granted, asked.decided_by, asked.decided_at = granted, actor, at
    asked.save(update_fields=["is_granted", "decided_by", "decided_at"])


@transaction.atomic
def suspend(*, voucher_id: UUID, actor: Person, at: datetime, reason: str = "") -> Voucher:
    """Suspend: nothing is paid and the days don't count until it ends."""
    voucher = locked(Voucher, voucher_id)
    voucher.suspended_from = voucher.state
    fire(VoucherLifecycle(voucher, at=at), "suspend", actor=actor, at=at, reason=reason)
    notices.changed(
        voucher,
        subject=_("Voucher %(number)s is suspended") % {"number": voucher.number},
        sentence=_("Nothing is paid for now. The reason: %(reason)s") % {"reason": reason},
        at=at,
    )
    return voucher


@transaction.atomic
def resume(*, voucher_id: UUID, actor: Person, at: datetime, reason: str = "") -> Voucher:
    """End the suspension: the voucher is where it was, its days are given back."""
    voucher = locked(Voucher, voucher_id)
    event = f"resume_{voucher.suspended_from or USABLE[0].value}"
    fire(VoucherLifecycle(voucher, at=at), event, actor=actor, at=at, reason=reason)
    notices.changed(
        voucher,
        subject=_("Voucher %(number)s can be used again") % {"number": voucher.number},
        sentence=_("Its last day is now %(day)s.") % {"day": day(voucher.expires_on)},
        at=at,
    )
    return voucher


EVENTS = {
    "extend": extend,
    "suspend": suspend,
    "resume_issued": resume,
    "resume_provider_set": resume,
    "resume_in_progress": resume,
    "resume_partly_redeemed": resume,
}
