"""The SME's side of a claim: begin, save, add evidence, hand in, withdraw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from core import documents
from core.errors import DomainError, NotAllowed, Refused
from core.gate import begin, fire
from core.locks import locked, locked_one
from ledger import api as ledger
from parties.rules.days import day_of
from vouchers.lifecycle.claim import ClaimLifecycle
from vouchers.models import Claim, ClaimLine, Evidence, EvidenceItem, Voucher
from vouchers.notices import claim as notices
from vouchers.permissions import acts_for
from vouchers.postings import claim as postings
from vouchers.queries import claim as queries
from vouchers.rules.claim import advance_part

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from uuid import UUID

    from core.models import Document, Person

S = Claim.State
EDITABLE = (S.DRAFT, S.RETURNED)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the invoice or one milestone, net, in cents."""

    text: str
    net_cents: int


@transaction.atomic
def start(*, voucher_id: UUID, actor: Person, at: datetime) -> Claim:
    """Begin a claim on a voucher in use. One claim of a voucher is under way at a time."""
    voucher = locked(Voucher, voucher_id)
    _only_the_sme(voucher, actor, at)
    if voucher.state not in {Voucher.State.IN_PROGRESS, Voucher.State.PARTLY_REDEEMED}:
        raise Refused(_("A claim needs a service that is in progress."))
    under_way = queries.under_way(voucher)
    if under_way is not None:
        raise Refused(
            _("Claim %(claim)s is still under way. Finish or withdraw it first.")
            % {"claim": under_way}
        )
    if not queries.remaining_cents(voucher):
        raise Refused(_("Nothing is left on this voucher to claim."))
    last = voucher.claims.aggregate(last=Max("number"))["last"] or 0
    claim = Claim.objects.create(
        voucher=voucher, number=last + 1, created_by=actor, created_at=at, saved_at=at
    )
    begin(claim, actor=actor, at=at)
    return claim


@transaction.atomic
def save(
    *,
    claim_id: UUID,
    actor: Person,
    at: datetime,
    delivered: str,
    delivered_on: date | None,
    invoice_number: str,
    invoice_date: date | None,
    vat_cents: int,
    is_final: bool,
    has_no_other_funding: bool,
    is_visible: bool,
    lines: Sequence[Line],
) -> Claim:
    """Keep what was typed; nothing is judged before the claim is handed in."""
    claim = _editable(claim_id, actor, at)
    claim.delivered, claim.delivered_on = delivered, delivered_on
    claim.invoice_number, claim.invoice_date = invoice_number, invoice_date
    claim.vat_cents, claim.is_final = vat_cents, is_final
    claim.has_no_other_funding, claim.is_visible = has_no_other_funding, is_visible
    claim.saved_at = at
    claim.lines.all().delete()
    ClaimLine.objects.bulk_create(
        ClaimLine(claim=claim, position=position, text=line.text, net_cents=line.net_cents)
        for position, line in enumerate(lines, start=1)
    )
    claim.amount_cents = queries.amount_of(claim)
    claim.advance_cents, claim.accepted_cents = 0, None
    claim.save()
    return claim


@transaction.atomic
def add_evidence(
    *, claim_id: UUID, item_id: UUID, upload: documents.Upload, actor: Person, at: datetime
) -> Evidence:
    """Add or replace the file for one item of the call's list; the older one is kept."""
    claim = _editable(claim_id, actor, at)
    item = EvidenceItem.objects.filter(
        sme_call=claim.voucher.application.sme_call, pk=item_id
    ).first()
    if item is None:
        raise NotAllowed("no such item in this call")
    claim.evidence.filter(item=item, replaced_at__isnull=True).update(replaced_at=at)
    document = documents.store_upload(upload, kind="claim_evidence", actor=actor, at=at)
    return Evidence.objects.create(
        claim=claim, item=item, document=document, added_by=actor, added_at=at
    )


@transaction.atomic
def submit(*, claim_id: UUID, actor: Person, at: datetime) -> Claim:
    """Hand in: the amount leaves the voucher for the claim. Twice is refused, not paid twice.

    What was accepted of it before it was sent back is decided anew.
    """
    claim = locked_claim(claim_id)
    _fix_amounts(claim)
    _hand_in(claim, actor=actor, at=at)
    claim.lines.update(accepted_cents=None, reason="")
    occurrence = claim.transitions.filter(event__in=["submit", "resubmit"]).count()
    ledger.post(
        postings.submitted(
            claim, occurrence=occurrence, document=_kept(claim, actor, at), on=day_of(at)
        ),
        actor=actor,
        at=at,
    )
    notices.claim_submitted(claim, at=at)
    return claim


def _fix_amounts(claim: Claim) -> None:
    claim.amount_cents, claim.accepted_cents = queries.amount_of(claim), None
    claim.advance_cents = advance_part(
        claimed_cents=claim.amount_cents, advanced_cents=queries.advanced_cents(claim.voucher)
    )
    claim.invoice_key = queries.invoice_key_of(claim)


def _hand_in(claim: Claim, *, actor: Person, at: datetime) -> None:
    event = "resubmit" if claim.state == S.RETURNED else "submit"
    lifecycle = ClaimLifecycle(claim, at=at)
    lifecycle.gaps = tuple(queries.gaps(claim, amount=claim.amount_cents))
    try:
        with transaction.atomic():
            fire(lifecycle, event, actor=actor, at=at)
    except IntegrityError as clash:
        raise Refused(
            _("This invoice was claimed a moment ago. One invoice counts once.")
        ) from clash


@transaction.atomic
def withdraw(*, claim_id: UUID, actor: Person, at: datetime) -> Claim:
    """Take a claim back before it is checked; the voucher keeps its value."""
    claim = locked_claim(claim_id)
    was_with_us = claim.state == S.SUBMITTED
    fire(ClaimLifecycle(claim, at=at), "withdraw", actor=actor, at=at)
    if was_with_us:
        release(claim, actor=actor, at=at)
    return claim


def release(claim: Claim, *, actor: Person, at: datetime) -> None:
    """Post 12: what a claim held goes back to the voucher."""
    occurrence = claim.transitions.count()
    event = postings.refused(
        claim, occurrence=occurrence, document=_kept(claim, actor, at), on=day_of(at)
    )
    ledger.post(event, actor=actor, at=at)


def _kept(claim: Claim, actor: Person, at: datetime) -> Document:
    name = f"claim-{claim.voucher.number}-{claim.number}.json"
    summary: dict[str, Any] = queries.summary(claim)
    return documents.store_json(summary, kind="claim", name=name, actor=actor, at=at)


def locked_claim(claim_id: UUID) -> Claim:
    """The claim, after its voucher: parents are locked before children."""
    voucher = locked_one(Voucher.objects.filter(claims=claim_id))
    claim = locked(Claim, claim_id)
    claim.voucher = voucher
    return claim


def _editable(claim_id: UUID, actor: Person, at: datetime) -> Claim:
    claim = locked_claim(claim_id)
    _only_the_sme(claim.voucher, actor, at)
    if claim.state not in EDITABLE:
        raise DomainError(
            _("%(claim)s is with the fund manager and can only be read.") % {"claim": claim}
        )
    return claim


def _only_the_sme(voucher: Voucher, actor: Person, at: datetime) -> None:
    if not acts_for(actor, voucher.organisation_id, on=day_of(at)):
        raise NotAllowed("only the holder of the voucher claims on it")
