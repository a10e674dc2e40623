"""The document behind each posting of the SME side: what was decided, kept as canonical JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string

from core import documents

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from core.models import Document, Person
    from vouchers.models import Application, DeclaredAid, SmeCall, Voucher


def _keep(
    content: dict[str, Any], *, kind: str, name: str, actor: Person, at: datetime
) -> Document:
    facts = content | {"by": actor.full_name, "at": at.isoformat()}
    return documents.store_json(facts, kind=kind, name=f"{name}.json", actor=actor, at=at)


def sme_call_paper(sme_call: SmeCall, *, event: str, actor: Person, at: datetime) -> Document:
    """The call as it was opened, or as it ended: its rules, lists and budget in cents."""
    services = sme_call.services.order_by("position")
    criteria = sme_call.criteria.order_by("position")
    content = {
        "event": event,
        "sme_call": sme_call.number,
        "portal_id": sme_call.portal_id,
        "title": sme_call.title,
        "conditions": sme_call.conditions,
        "scheme": sme_call.scheme,
        "order": sme_call.order,
        "budget_cents": sme_call.budget_cents,
        "rate_bp": sme_call.rate_bp,
        "own_share_bp": sme_call.own_share_bp,
        "regime": sme_call.regime,
        "opens_at": sme_call.opens_at.isoformat(),
        "closes_at": sme_call.closes_at.isoformat(),
        "services": [[one.title, one.kind, one.activities, one.amount_cents] for one in services],
        "criteria": [[one.name, str(one.score_max), one.tie_rank] for one in criteria],
        "minutes": sme_call.minutes,
    }
    return _keep(
        content, kind=f"sme_call_{event}", name=f"{sme_call.number}-{event}", actor=actor, at=at
    )


def application_paper(
    application: Application, *, event: str, reason: str, actor: Person, at: datetime
) -> Document:
    """One decision on an application with the facts that it rests on."""
    status = application.sme_status
    content = {
        "event": event,
        "application": application.number,
        "sme_call": application.sme_call.number,
        "sme": application.organisation.legal_name,
        "value_cents": application.value_cents,
        "size": status.size,
        "total": None if application.total is None else str(application.total),
        "place": application.place,
        "reason": reason,
    }
    name = f"{application.number}-{event}"
    return _keep(content, kind=f"application_{event}", name=name, actor=actor, at=at)


def aid_paper(
    application: Application, *, rows: Sequence[DeclaredAid], actor: Person, at: datetime
) -> Document:
    """The de minimis aid that an SME has declared, row by row, in cents."""
    content = {
        "application": application.number,
        "sme": application.organisation.legal_name,
        "state": application.sme_call.aid_from,
        "aid": [[str(row.granted_on), row.cents, row.authority] for row in rows],
    }
    name = f"{application.number}-aid"
    return _keep(content, kind="aid_declaration", name=name, actor=actor, at=at)


def voucher_paper(
    voucher: Voucher, *, event: str, reason: str, rest: int, actor: Person, at: datetime
) -> Document:
    """What ended a voucher, why, and the cents that were released."""
    content = {
        "event": event,
        "voucher": voucher.number,
        "sme": voucher.organisation.legal_name,
        "value_cents": voucher.value_cents,
        "released_cents": rest,
        "reason": reason,
    }
    name = f"{voucher.number}-{event}"
    return _keep(content, kind=f"voucher_{event}", name=name, actor=actor, at=at)


def agreement(voucher: Voucher, *, actor: Person, at: datetime) -> Document:
    """The text that both sides sign; what is signed is its fingerprint."""
    context = {"voucher": voucher, "sme_call": voucher.application.sme_call, "at": at}
    text = render_to_string("vouchers/agreement.txt", context)
    return documents.store(
        text.encode(),
        kind="voucher_agreement",
        name=f"{voucher.number}-agreement.txt",
        media_type="text/plain; charset=utf-8",
        actor=actor,
        at=at,
    )
