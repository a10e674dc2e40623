"""What time does on the SME side: calls open and close, awards lapse, vouchers expire.

Each sweep takes every record in a transaction of its own and may run twice without harm.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import Refused
from core.gate import fire
from core.locks import locked
from core.models import Person
from grants.models import Grant
from parties.rules.days import day_of
from vouchers.actions import awards, ending
from vouchers.actions.closing import expire_drafts
from vouchers.actions.sme_call import open_call
from vouchers.lifecycle.application import ApplicationLifecycle
from vouchers.lifecycle.sme_call import SmeCallLifecycle
from vouchers.lifecycle.voucher import VoucherLifecycle
from vouchers.models import UNSETTLED, USABLE, Application, SmeCall, Voucher
from vouchers.notices import application as application_notices
from vouchers.notices import voucher as notices
from vouchers.rules.window import reminder_due

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime
    from uuid import UUID


def _each(keys: Iterable[UUID], act: Callable[[UUID], None]) -> int:
    """How many records ``act`` moved; one that was moved by somebody else meanwhile is left."""
    moved = 0
    for key in keys:
        try:
            act(key)
        except Refused:
            continue
        moved += 1
    return moved


def open_sme_calls(at: datetime) -> int:
    """Open approved calls whose opening has come."""
    system = Person.objects.system()
    due = SmeCall.objects.filter(
        state=SmeCall.State.READY,
        approved_at__isnull=False,
        opens_at__lte=at,
        closes_at__gt=at,
        grant__state=Grant.State.ACTIVE,
    )
    return _each(
        list(due.values_list("pk", flat=True)),
        lambda key: void(open_call(sme_call_id=key, actor=system, at=at)),
    )


def void(_result: object) -> None:
    """A sweep counts; what an action returns is not needed."""


def close_sme_calls(at: datetime) -> int:
    """Close calls whose closing instant has passed; drafts lapse."""
    due = SmeCall.objects.filter(
        state__in=[SmeCall.State.OPEN, SmeCall.State.EXHAUSTED], closes_at__lt=at
    )
    return _each(list(due.values_list("pk", flat=True)), lambda key: _close(key, at=at))


@transaction.atomic
def _close(sme_call_id: UUID, *, at: datetime) -> None:
    sme_call = locked(SmeCall, sme_call_id)
    system = Person.objects.system()
    fire(SmeCallLifecycle(sme_call, at=at), "close", actor=system, at=at)
    expire_drafts(sme_call, at=at)


def lapse_awards(at: datetime) -> int:
    """Let awards lapse that nobody accepted in time; the next in line is asked."""
    due = Application.objects.filter(state=Application.State.AWARDED, accept_until__lt=at)
    return _each(list(due.values_list("pk", flat=True)), lambda key: _lapse(key, at=at))


@transaction.atomic
def _lapse(application_id: UUID, *, at: datetime) -> None:
    sme_call = awards.line_of(application_id)
    application = locked(Application, application_id)
    system = Person.objects.system()
    fire(ApplicationLifecycle(application, at=at), "lapse", actor=system, at=at)
    reason = _("The award was not accepted in time.")
    awards.free(application, event="lapsed", reason=reason, actor=system, at=at)
    application_notices.lapsed(application, at=at)
    awards.promote(sme_call, at=at)


def expire_vouchers(at: datetime) -> int:
    """Expire vouchers whose last day has passed, unless a claim is still open."""
    due = Voucher.objects.filter(state__in=USABLE, expires_on__lt=day_of(at)).exclude(
        claims__state__in=UNSETTLED
    )
    return _each(list(due.values_list("pk", flat=True)), lambda key: _expire(key, at=at))


@transaction.atomic
def _expire(voucher_id: UUID, *, at: datetime) -> None:
    """What happens when a voucher expires: the rest is released, what is paid stays paid."""
    sme_call = awards.line_of(ending.application_of(voucher_id))
    voucher = locked(Voucher, voucher_id)
    system = Person.objects.system()
    fire(VoucherLifecycle(voucher, at=at), "expire", actor=system, at=at)
    reason = _("The voucher's last day has passed.")
    ending.release(voucher, event="expire", reason=reason, actor=system, at=at)
    awards.promote(sme_call, at=at)


def remind_holders(at: datetime) -> int:
    """Send the letters 30 and 7 days before a voucher's last day, each once per last day."""
    today = day_of(at)
    usable = Voucher.objects.filter(state__in=USABLE, expires_on__gte=today)
    reminded = 0
    for voucher in usable.select_related("organisation").order_by("expires_on", "pk"):
        assert voucher.expires_on is not None, "the query asks for it"
        days = reminder_due(expires_on=voucher.expires_on, today=today, sent=())
        if days is None:
            break
        with transaction.atomic():
            notices.ends_soon(voucher, days=days, at=at)
        reminded += 1
    return reminded


SWEEPS: dict[str, tuple[int, Callable[[datetime], int]]] = {
    "sme calls open": (20, open_sme_calls),
    "sme calls close": (21, close_sme_calls),
    "awards lapse": (30, lapse_awards),
    "vouchers expire": (40, expire_vouchers),
    "vouchers remind": (60, remind_holders),
}
