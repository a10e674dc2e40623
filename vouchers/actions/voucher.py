"""Verbs of a voucher: reserve, sign, issue, provider, start, suspend, end."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from core import documents, jobs
from core.errors import DomainError, NotAllowed
from core.gate import begin, fire
from core.locks import locked
from core.models import Person
from ledger import api as ledger
from parties.rules.days import day_of
from vouchers.actions import aid, awards, ending, papers
from vouchers.actions.provider import propose
from vouchers.lifecycle.voucher import VoucherLifecycle
from vouchers.models import Application, Voucher
from vouchers.notices import voucher as notices
from vouchers.permissions import acts_for
from vouchers.postings import voucher as postings
from vouchers.rules.number import with_check

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime
    from uuid import UUID

    from parties.models import Organisation

CODE_BYTES = 24


def reserve(application: Application, *, actor: Person, at: datetime) -> Voucher:
    """Make the voucher of an accepted award and the agreement that both sides sign.

    The caller holds ``awards.lock_line``, so numbers of one grant come one by one.
    """
    grant, service = application.sme_call.grant, application.service
    assert service is not None, "an accepted application names its service"
    assert application.value_cents is not None, "an accepted application has a value"
    voucher = Voucher.objects.create(
        grant=grant,
        application=application,
        organisation=application.organisation,
        number=with_check(f"V-{grant.number}-{grant.vouchers.count() + 1:04d}"),
        code=secrets.token_urlsafe(CODE_BYTES),
        kind=service.kind,
        value_cents=application.value_cents,
        created_at=at,
    )
    voucher.agreement = papers.agreement(voucher, actor=actor, at=at)
    voucher.save(update_fields=["agreement"])
    begin(voucher, actor=actor, at=at)
    notices.waits_for_signatures(voucher, at=at)
    return voucher


def move(voucher_id: UUID, event: str, *, actor: Person, at: datetime, reason: str = "") -> Voucher:
    """Lock the voucher and fire one event on it; the caller adds what follows."""
    voucher = locked(Voucher, voucher_id)
    fire(VoucherLifecycle(voucher, at=at), event, actor=actor, at=at, reason=reason)
    return voucher


@transaction.atomic
def sign_as_holder(*, voucher_id: UUID, actor: Person, at: datetime, reason: str = "") -> Voucher:
    """The SME signs the agreement; with both signatures the voucher is issued."""
    voucher = move(voucher_id, "sign_as_holder", actor=actor, at=at, reason=reason)
    return _issue_if_signed(voucher, at=at)


@transaction.atomic
def sign_for_consortium(
    *, voucher_id: UUID, actor: Person, at: datetime, reason: str = ""
) -> Voucher:
    """The partner that runs the call signs; with both signatures the voucher is issued."""
    voucher = move(voucher_id, "sign_for_consortium", actor=actor, at=at, reason=reason)
    return _issue_if_signed(voucher, at=at)


def _issue_if_signed(voucher: Voucher, *, at: datetime) -> Voucher:
    """Issue: the reserve becomes a commitment that is owed to this SME until it expires."""
    if voucher.holder_signed_at is None or voucher.consortium_signed_at is None:
        return voucher
    system = Person.objects.system()
    fire(VoucherLifecycle(voucher, at=at), "issue", actor=system, at=at)
    assert voucher.agreement is not None, "the agreement was written with the voucher"
    event = postings.issued(voucher, document=voucher.agreement, on=day_of(at))
    posted = ledger.post(event, actor=system, at=at)
    assert posted is not None, "a voucher has a value"
    aid.enter_voucher(voucher, event=posted, actor=system, at=at)
    jobs.enqueue(
        "voucher", key=f"voucher:{voucher.pk}", payload={"voucher": str(voucher.pk)}, at=at
    )
    notices.issued(voucher, at=at)
    return voucher


@transaction.atomic
def name_provider(
    voucher_id: UUID,
    *,
    organisation: Organisation,
    services: str,
    net_cents: int,
    offer: documents.Upload,
    actor: Person,
    at: datetime,
) -> Voucher:
    """Name the provider with its offer (net, in cents); the fund manager confirms next.

    One that is in no catalogue yet is entered as proposed.
    """
    paper = documents.store_upload(offer, kind="provider_offer", actor=actor, at=at)
    voucher = locked(Voucher, voucher_id)
    if not acts_for(actor, voucher.organisation_id, on=day_of(at)):
        raise NotAllowed(f"{actor} does not act for {voucher.organisation}")
    if net_cents <= 0:
        raise DomainError(_("Give the net price of the offer."), field="net_cents")
    voucher.provider = propose(
        voucher.grant_id,
        organisation=organisation,
        services=services,
        kinds=[voucher.kind],
        actor=actor,
        at=at,
    )
    voucher.offer_net_cents = net_cents
    voucher.offer = paper
    lifecycle = VoucherLifecycle(voucher, at=at)
    fire(lifecycle, "name_provider", actor=actor, at=at)
    notices.provider_named(voucher, at=at)
    return voucher


@transaction.atomic
def confirm_provider(*, voucher_id: UUID, actor: Person, at: datetime, reason: str = "") -> Voucher:
    """The fund manager has checked the offer and the ties of the provider."""
    voucher = move(voucher_id, "confirm_provider", actor=actor, at=at, reason=reason)
    sentence = _("%(provider)s is confirmed. Sign the contract and start.")
    notices.provider_decided(voucher, sentence=sentence % {"provider": voucher.provider}, at=at)
    return voucher


@transaction.atomic
def refuse_provider(*, voucher_id: UUID, actor: Person, at: datetime, reason: str = "") -> Voucher:
    """The fund manager refuses the provider; the SME names another."""
    voucher = move(voucher_id, "refuse_provider", actor=actor, at=at, reason=reason)
    sentence = _("The provider was not confirmed: %(reason)s Name another one.")
    notices.provider_decided(voucher, sentence=sentence % {"reason": reason}, at=at)
    return voucher


@transaction.atomic
def start(voucher_id: UUID, *, contract_on: date, actor: Person, at: datetime) -> Voucher:
    """The service contract is signed: work from its day on can be paid."""
    voucher = locked(Voucher, voucher_id)
    voucher.contract_on = contract_on
    fire(VoucherLifecycle(voucher, at=at), "start", actor=actor, at=at)
    return voucher


@transaction.atomic
def cancel(*, voucher_id: UUID, actor: Person, at: datetime, reason: str = "") -> Voucher:
    """Cancel: what is left is released; before the signatures the award is given back."""
    return _end(voucher_id, "cancel", actor=actor, at=at, reason=reason)


@transaction.atomic
def revoke(*, voucher_id: UUID, actor: Person, at: datetime, reason: str = "") -> Voucher:
    """Revoke for a false declaration or double funding; paid claims are recovered one by one."""
    return _end(voucher_id, "revoke", actor=actor, at=at, reason=reason)


def _end(voucher_id: UUID, event: str, *, actor: Person, at: datetime, reason: str) -> Voucher:
    application_id = ending.application_of(voucher_id)
    sme_call = awards.line_of(application_id)
    voucher = locked(Voucher, voucher_id)
    fire(VoucherLifecycle(voucher, at=at), event, actor=actor, at=at, reason=reason)
    ending.release(voucher, event=event, reason=reason, actor=actor, at=at)
    awards.promote(sme_call, at=at)
    return voucher


@transaction.atomic
def end_use(*, voucher_id: UUID, actor: Person, at: datetime, reason: str = "") -> Voucher:
    """The last claim was final: the rest is released."""
    return _end(voucher_id, "end_use", actor=actor, at=at, reason=reason)


@transaction.atomic
def close(*, voucher_id: UUID, actor: Person, at: datetime, reason: str = "") -> Voucher:
    """Close a used voucher; a last rest, if any, is released."""
    return _end(voucher_id, "close", actor=actor, at=at, reason=reason)


EVENTS: dict[str, Callable[..., Voucher]] = {
    "sign_as_holder": sign_as_holder,
    "sign_for_consortium": sign_for_consortium,
    "confirm_provider": confirm_provider,
    "refuse_provider": refuse_provider,
    "cancel": cancel,
    "revoke": revoke,
    "end_use": end_use,
    "close": close,
}
