"""A recovery: proposed by one finance officer, decided by another, then owed by the SME."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from core import documents
from core.errors import DomainError, NotAllowed, Refused
from core.gate import fire
from core.locks import locked
from grants.actions import payment as payments
from grants.models import Payment
from ledger import api as ledger
from parties.rules.days import day_of
from vouchers.actions.claim import locked_claim
from vouchers.lifecycle.claim import ClaimLifecycle
from vouchers.models import Claim, Recovery
from vouchers.notices import claim as notices
from vouchers.permissions import paying_officer
from vouchers.postings import claim as postings

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from core.models import Person


@transaction.atomic
def propose(
    *, claim_id: UUID, actor: Person, at: datetime, amount_cents: int, reason: str
) -> Recovery:
    """Propose to recover a paid claim, wholly or in part (cents), with the reason."""
    claim = locked_claim(claim_id)
    _only_its_officer(claim, actor, at)
    if claim.state != Claim.State.PAID or Recovery.objects.filter(claim=claim).exists():
        raise Refused(_("%(claim)s is not paid, or its recovery is under way.") % {"claim": claim})
    if not 0 < amount_cents <= (claim.accepted_cents or 0):
        raise DomainError(
            _("Recover at least one cent and at most what was accepted."), field="amount_cents"
        )
    if not reason.strip():
        raise DomainError(_("Write why the money is owed back."), field="reason")
    return Recovery.objects.create(
        voucher=claim.voucher,
        claim=claim,
        amount_cents=amount_cents,
        reason=reason.strip(),
        proposed_by=actor,
        proposed_at=at,
    )


@transaction.atomic
def decide(*, recovery_id: UUID, actor: Person, at: datetime) -> Recovery:
    """Decide on a colleague's proposal: the support is undone and the SME owes the money."""
    found = Recovery.objects.filter(pk=recovery_id).values_list("claim", flat=True).first()
    if found is None:
        raise NotAllowed("no such recovery")
    claim = locked_claim(found)
    recovery = locked(Recovery, recovery_id)
    recovery.claim, recovery.voucher = claim, claim.voucher
    _only_its_officer(claim, actor, at)
    if recovery.decided_by_id is not None:
        raise Refused(_("This recovery was decided before."))
    if recovery.proposed_by_id == actor.pk:
        raise Refused(_("You proposed this recovery. Another finance officer must decide on it."))
    recovery.decided_by, recovery.decided_at = actor, at
    recovery.save()
    fire(ClaimLifecycle(claim, at=at), "recover", actor=actor, at=at, reason=recovery.reason)
    _make_it_owed(recovery, actor=actor, at=at)
    return recovery


def _make_it_owed(recovery: Recovery, *, actor: Person, at: datetime) -> None:
    claim = recovery.claim
    note = documents.store_json(
        {
            "claim": str(claim),
            "payee": str(claim.payee.pk),
            "amount_cents": recovery.amount_cents,
            "reason": recovery.reason,
            "proposed_by": str(recovery.proposed_by_id),
            "decided_by": str(actor.pk),
        },
        kind="debit_note",
        name=f"debit-note-{claim.voucher.number}-{claim.number}.json",
        actor=actor,
        at=at,
    )
    ledger.post(postings.clawed_back(recovery, document=note, on=day_of(at)), actor=actor, at=at)
    recovery.payment = payments.order(
        claim.voucher.grant,
        kind=Payment.Kind.RECOVERY_IN,
        payer_id=claim.payee.pk,
        payee_id=claim.voucher.application.sme_call.organisation_id,
        amount_cents=recovery.amount_cents,
        subject=_("Repayment of claim %(claim)s") % {"claim": claim},
        recovers=claim.payment,
        certifier=actor,
        actor=actor,
        at=at,
    )
    recovery.save(update_fields=["payment"])
    notices.recovery_decided(recovery, at=at)


def _only_its_officer(claim: Claim, actor: Person, at: datetime) -> None:
    if not paying_officer(ClaimLifecycle(claim, at=at), actor):
        raise NotAllowed("only a finance officer of the organisation that pays")
