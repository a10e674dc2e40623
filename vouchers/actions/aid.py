"""De minimis aid of an SME call in the register: what was declared, what a voucher grants.

The day that counts is the one on which the legal right is conferred: a voucher is aid from the
day on which both sides have signed (Regulation (EU) 2023/2831, Article 3(3)).
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING
from uuid import uuid5

from ledger import api as ledger
from parties.queries import linked_group
from parties.rules.days import day_of
from vouchers.actions import papers

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from core.models import Document, Person
    from ledger.models import Event
    from vouchers.models import Application, Voucher


def enter_declared(application: Application, *, actor: Person, at: datetime) -> None:
    """What the SME has declared enters the register, once for it and its linked enterprises.

    Raises ``DomainError`` when the declared aid alone is more than the ceiling.
    """
    rows = list(application.declared_aid.order_by("granted_on", "pk"))
    if not application.sme_call.is_aid or not rows:
        return
    paper = papers.aid_paper(application, rows=rows, actor=actor, at=at)
    said: Counter[tuple[object, ...]] = Counter()
    for row in rows:
        same = (row.granted_on, row.cents, row.authority.casefold())
        said[same] += 1
        grant = ledger.AidGrant(
            idem=uuid5(application.pk, f"aid:{same}:{said[same]}"),
            key=application.organisation_id,
            linked=_undertaking(application.organisation_id, at=at),
            country=application.sme_call.aid_from,
            granted_on=row.granted_on,
            cents=row.cents,
            document=paper,
            granted_by=row.authority,
            ceiling_cents=application.sme_call.aid_ceiling_cents,
            years=application.sme_call.aid_years,
        )
        ledger.declare_aid(grant, number=said[same], actor=actor, at=at)


def enter_voucher(voucher: Voucher, *, event: Event, actor: Person, at: datetime) -> None:
    """An issued voucher of a call under the regime is aid, in the transaction that issues it.

    Raises ``DomainError`` with what is left, and in which window, when it does not fit.
    """
    sme_call = voucher.application.sme_call
    if not sme_call.is_aid:
        return
    assert voucher.agreement is not None, "the agreement was written with the voucher"
    grant = ledger.AidGrant(
        idem=_key(voucher),
        key=voucher.organisation_id,
        linked=_undertaking(voucher.organisation_id, at=at),
        country=sme_call.aid_from,
        granted_on=day_of(at),
        cents=voucher.value_cents,
        document=voucher.agreement,
        event=event,
        ceiling_cents=sme_call.aid_ceiling_cents,
        years=sme_call.aid_years,
    )
    ledger.register_aid(grant, actor=actor, at=at)


def take_back(
    voucher: Voucher, *, cents: int, event: Event, document: Document, actor: Person, at: datetime
) -> None:
    """A part of the voucher is no aid after all: never used, or paid back."""
    aid = ledger.aid_entered(_key(voucher))
    if aid is None or not cents:
        return
    correction = ledger.AidCorrection(
        idem=uuid5(event.idem, "aid"), aid=aid, cents=cents, document=document, event=event
    )
    ledger.correct_aid(correction, actor=actor, at=at)


def _key(voucher: Voucher) -> UUID:
    return uuid5(voucher.pk, "aid")


def _undertaking(organisation_id: UUID, *, at: datetime) -> frozenset[UUID]:
    return linked_group(organisation_id, on_date=day_of(at))
