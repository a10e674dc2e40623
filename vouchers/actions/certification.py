"""A claim on our side: a fund manager checks, a finance officer certifies or refuses."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from core import documents
from core.errors import DomainError, NotAllowed, Refused
from core.gate import fire
from grants.actions import payment as payments
from grants.models import Payment
from ledger import api as ledger
from parties.rules.days import day_of
from vouchers.actions.claim import locked_claim, release
from vouchers.actions.claim_settling import settle
from vouchers.lifecycle.claim import ClaimLifecycle
from vouchers.models import Claim
from vouchers.notices import claim as notices
from vouchers.postings import claim as postings
from vouchers.queries import claim as queries
from vouchers.rules.claim import accepted, to_pay

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime
    from uuid import UUID

    from core.models import Person


@transaction.atomic
def decide_lines(
    *,
    claim_id: UUID,
    actor: Person,
    at: datetime,
    accepted_cents: Mapping[UUID, int],
    reasons: Mapping[UUID, str],
) -> Claim:
    """Write what is accepted of each line (cents, net) and why where it is less.

    Refused unless the claim is being checked; only for its fund manager.
    """
    claim = locked_claim(claim_id)
    if claim.state != Claim.State.SUBMITTED:
        raise Refused(_("%(claim)s is not being checked now.") % {"claim": claim})
    _only_who_may(claim, "check", actor, at)
    for line in claim.lines.order_by("position"):
        cents, reason = accepted_cents.get(line.pk, line.net_cents), reasons.get(line.pk, "")
        if not 0 <= cents <= line.net_cents:
            raise DomainError(_("“%(line)s”: accept no more than was claimed.") % {"line": line})
        if cents < line.net_cents and not reason.strip():
            raise DomainError(_("“%(line)s”: write why less is accepted.") % {"line": line})
        line.accepted_cents, line.reason = cents, reason.strip()
        line.save(update_fields=["accepted_cents", "reason"])
    claim.accepted_cents = _accepted(claim)
    claim.save(update_fields=["accepted_cents"])
    return claim


def _only_who_may(claim: Claim, event: str, actor: Person, at: datetime) -> None:
    if not getattr(ClaimLifecycle(claim, at=at), event).has_perm(actor):
        raise NotAllowed(f"{actor} may not {event} {claim}")


def _accepted(claim: Claim) -> int:
    net = sum(cents or 0 for cents in claim.lines.values_list("accepted_cents", flat=True))
    return accepted(
        claimed_cents=claim.amount_cents,
        accepted_net_cents=net,
        vat_cents=claim.vat_cents if net == _net(claim) else 0,
        terms=queries.terms_of(claim.voucher),
    )


def _net(claim: Claim) -> int:
    return sum(claim.lines.values_list("net_cents", flat=True))


@transaction.atomic
def check(*, claim_id: UUID, actor: Person, at: datetime, reason: str = "") -> Claim:
    """The fund manager confirms: every line is decided, the next person is a finance officer."""
    claim = locked_claim(claim_id)
    fire(ClaimLifecycle(claim, at=at), "check", actor=actor, at=at, reason=reason)
    return claim


@transaction.atomic
def send_back(*, claim_id: UUID, actor: Person, at: datetime, reason: str) -> Claim:
    """Back to the SME with what is missing; the voucher has its value again until it answers."""
    claim = locked_claim(claim_id)
    fire(ClaimLifecycle(claim, at=at), "send_back", actor=actor, at=at, reason=reason)
    release(claim, actor=actor, at=at)
    notices.claim_returned(claim, at=at)
    return claim


@transaction.atomic
def reject(*, claim_id: UUID, actor: Person, at: datetime, reason: str) -> Claim:
    """Refuse the whole claim with its reason; the voucher keeps its value."""
    claim = locked_claim(claim_id)
    fire(ClaimLifecycle(claim, at=at), "reject", actor=actor, at=at, reason=reason)
    release(claim, actor=actor, at=at)
    notices.claim_rejected(claim, at=at)
    return claim


@transaction.atomic
def screen(
    *, claim_id: UUID, actor: Person, at: datetime, screened_on: date, vat_seen_on: date | None
) -> Claim:
    """Record when the sanctions and exclusion lists, and the VAT number, were looked up."""
    claim = locked_claim(claim_id)
    if claim.state != Claim.State.CHECKED:
        raise Refused(_("%(claim)s does not wait for a certificate.") % {"claim": claim})
    _only_who_may(claim, "certify", actor, at)
    if screened_on > day_of(at):
        raise DomainError(_("A look-up cannot be in the future."), field="screened_on")
    claim.screened_on, claim.vat_seen_on = screened_on, vat_seen_on
    claim.save(update_fields=["screened_on", "vat_seen_on"])
    return claim


@transaction.atomic
def certify(*, claim_id: UUID, actor: Person, at: datetime, reason: str = "") -> Claim:
    """Certify for payment: the accepted part is SME support and owed; the rest goes back.

    The payment order is made in the same transaction; an advance that covers all of it pays it.
    """
    claim = locked_claim(claim_id)
    fire(ClaimLifecycle(claim, at=at), "certify", actor=actor, at=at, reason=reason)
    certificate = documents.store_json(
        queries.summary(claim),
        kind="certificate",
        name=f"certificate-{claim.voucher.number}-{claim.number}.json",
        actor=actor,
        at=at,
    )
    ledger.post(postings.certified(claim, document=certificate, on=day_of(at)), actor=actor, at=at)
    order(claim, actor=actor, at=at)
    return claim


def order(claim: Claim, *, actor: Person, at: datetime) -> None:
    """Put what is owed on the payment desk; nothing owed means the advance has paid it."""
    owed = to_pay(accepted_cents=claim.accepted_cents or 0, advance_cents=claim.advance_cents)
    if not owed:
        settle(claim, on=day_of(at), at=at)
        return
    call = claim.voucher.application.sme_call
    claim.payment = payments.order(
        claim.voucher.grant,
        kind=Payment.Kind.CLAIM,
        payer_id=call.organisation_id,
        payee_id=claim.payee.pk,
        amount_cents=owed,
        subject=_("Claim %(claim)s") % {"claim": claim},
        due_on=day_of(at) + timedelta(days=call.pay_days),
        certifier=actor,
        actor=actor,
        at=at,
    )
    fire(ClaimLifecycle(claim, at=at), "schedule", actor=actor, at=at)


@transaction.atomic
def order_again(*, claim_id: UUID, actor: Person, at: datetime) -> Claim:
    """A new payment order for a certified claim whose last order was cancelled."""
    claim = locked_claim(claim_id)
    if claim.state != Claim.State.CERTIFIED:
        raise Refused(_("%(claim)s does not wait for a payment order.") % {"claim": claim})
    order(claim, actor=actor, at=at)
    return claim
