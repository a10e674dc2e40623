"""Signatures in their order: declarations, coordinator, granting authority, accessions.

Order and parties: docs/domain.md, "Grant preparation". What is signed is the fingerprint of a file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from core import gate
from core.errors import NotAllowed, Refused
from core.locks import locked
from core.models import Person
from grants.actions import papers
from grants.actions.grant import activate
from grants.lifecycle.grant import GrantLifecycle
from grants.lifecycle.proposal import ProposalLifecycle
from grants.models import Beneficiary, Grant, Proposal, Signature
from grants.notices import grant as notices
from grants.permissions import has_grant_role
from grants.postings import grant as postings
from ledger import api as ledger
from parties.rules.days import day_of

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from core.models import Document

Kind = Signature.Kind


def sign(
    grant: Grant,
    kind: str,
    *,
    document: Document,
    organisation_id: UUID | None,
    actor: Person,
    at: datetime,
) -> Signature:
    """Write down who signed which fingerprint for whom."""
    return Signature.objects.create(
        grant=grant,
        kind=kind,
        organisation_id=organisation_id,
        person=actor,
        signed_at=at,
        document=document,
        sha256=document.sha256,
    )


def _as_signatory(beneficiary_id: UUID, *, actor: Person, at: datetime) -> Beneficiary:
    """The partner's row with its grant locked, for its legal signatory."""
    found = Beneficiary.objects.filter(pk=beneficiary_id).values_list("grant_id", flat=True)
    grant = locked(Grant, found[0]) if found else None
    if grant is None:
        raise NotAllowed(f"partner {beneficiary_id} does not exist")
    partner = locked(Beneficiary, beneficiary_id)
    if not has_grant_role(
        actor, grant, "LSIGN", organisation_id=partner.organisation_id, on=day_of(at)
    ):
        raise NotAllowed(f"{actor} does not sign for {partner}")
    partner.grant = grant
    return partner


@transaction.atomic
def declare(*, beneficiary_id: UUID, actor: Person, at: datetime) -> Beneficiary:
    """Sign a partner's declaration of honour. Refused twice, and once preparation is over."""
    partner = _as_signatory(beneficiary_id, actor=actor, at=at)
    if partner.declared_at is not None:
        raise Refused(_("The declaration of honour has been signed already."))
    if partner.grant.state != Grant.State.PREPARATION:
        raise Refused(_("The preparation of this grant is over."))
    paper = papers.keep(
        "declaration",
        kind="declaration_of_honour",
        name=f"declaration-{partner.grant}-{partner.organisation.short_name}.txt",
        actor=actor,
        at=at,
        partner=partner,
    )
    _sign_for(partner, Kind.DECLARATION, document=paper, actor=actor, at=at)
    partner.declared_at = at
    partner.save(update_fields=["declared_at"])
    _tell(partner.grant, "declare", actor=actor, at=at)
    return partner


def _tell(grant: Grant, event: str, *, actor: Person, at: datetime) -> None:
    """One signature fewer is awaited; the state is the same."""
    gate.tell(gate.Move(grant, event, grant.state, grant.state, actor, at))


def _sign_for(
    partner: Beneficiary, kind: str, *, document: Document, actor: Person, at: datetime
) -> None:
    sign(
        partner.grant,
        kind,
        document=document,
        organisation_id=partner.organisation_id,
        actor=actor,
        at=at,
    )


@transaction.atomic
def sign_for_coordinator(*, grant_id: UUID, actor: Person, at: datetime, reason: str = "") -> Grant:
    """The coordinator's legal signatory signs the printed agreement."""
    grant = locked(Grant, grant_id)
    lifecycle = GrantLifecycle(grant, at=at)
    gate.fire(lifecycle, "sign_for_coordinator", actor=actor, at=at, reason=reason)
    assert grant.agreement is not None, "the gate has seen it"
    sign(
        grant,
        Kind.COORDINATOR,
        document=grant.agreement,
        organisation_id=grant.coordinator_id,
        actor=actor,
        at=at,
    )
    notices.coordinator_signed(grant, at=at)
    return grant


@transaction.atomic
def sign_for_authority(*, grant_id: UUID, actor: Person, at: datetime, reason: str = "") -> Grant:
    """The authorising officer signs: the proposal is granted and the book opens with the award.

    Refused later than the call's months after its deadline unless a reason is given.
    """
    proposal = locked(Proposal, _proposal_of(grant_id))
    grant = locked(Grant, grant_id)
    lifecycle = GrantLifecycle(grant, at=at)
    gate.fire(lifecycle, "sign_for_authority", actor=actor, at=at, reason=reason)
    gate.fire(ProposalLifecycle(proposal, at=at), "grant", actor=actor, at=at)
    assert grant.agreement is not None, "the coordinator has signed it"
    paper = grant.agreement
    sign(grant, Kind.AUTHORITY, document=paper, organisation_id=None, actor=actor, at=at)
    grant.book = ledger.open_book(code=grant.number, share_n=grant.share_n, share_d=grant.share_d)
    grant.save(update_fields=["book"])
    event = postings.awarded(grant, document=paper, on=day_of(at))
    ledger.post(event, actor=actor, at=at)
    notices.both_signed(grant, at=at)
    return grant


def _proposal_of(grant_id: UUID) -> UUID:
    found = Grant.objects.filter(pk=grant_id).values_list("proposal_id", flat=True)
    if not found:
        raise NotAllowed(f"grant {grant_id} does not exist")
    return found[0]


@transaction.atomic
def accede(*, beneficiary_id: UUID, actor: Person, at: datetime) -> Beneficiary:
    """A partner joins the signed agreement. The last one starts the grant if its day has come."""
    partner = _as_signatory(beneficiary_id, actor=actor, at=at)
    grant = partner.grant
    if partner.is_coordinator:
        raise Refused(_("The coordinator signs the agreement itself, not an accession form."))
    if partner.acceded_at is not None:
        raise Refused(_("The accession form has been signed already."))
    if grant.state != Grant.State.SIGNED:
        raise Refused(_("Partners accede once both sides have signed the agreement."))
    assert grant.agreement is not None, "both sides have signed it"
    _sign_for(partner, Kind.ACCESSION, document=grant.agreement, actor=actor, at=at)
    partner.acceded_at = at
    partner.save(update_fields=["acceded_at"])
    _tell(grant, "accede", actor=actor, at=at)
    waiting = grant.beneficiaries.filter(acceded_at__isnull=True, is_coordinator=False)
    if not waiting.exists() and day_of(at) >= grant.starts_on:
        activate(grant_id=grant.pk, actor=Person.objects.system(), at=at)
    return partner


EVENTS = {"sign_for_coordinator": sign_for_coordinator, "sign_for_authority": sign_for_authority}
