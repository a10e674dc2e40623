"""Handing in: submit, submit again, lock at the deadline, and the sealed receipt."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from django.db import transaction

from core.errors import Refused
from core.gate import fire
from core.jobs import enqueue
from core.lifecycle import arrows
from core.locks import locked, locked_all
from core.models import Document, Person
from grants import notices
from grants.actions import eligibility
from grants.lifecycle.proposal import ProposalLifecycle
from grants.lifecycle.proposal_conditions import too_late
from grants.models import LOCKED, Call, Proposal, ProposalVersion, Receipt
from grants.queries.findings import sentence
from grants.queries.proposal_content import facts_of, proposal_content
from grants.queries.terms import call_terms
from grants.rules.call_rules import FAILED, Reading, read_proposal
from grants.rules.seal import fingerprint
from parties.rules.days import day_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

# No 0/O, 1/I/L: people read these numbers from paper.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


@transaction.atomic
def submit(proposal_id: UUID, *, actor: Person, at: datetime) -> ProposalVersion:
    """Hand in the working copy, for the first time or again; the last one in time counts.

    ``at`` is the one instant the server took when it had the whole request. Refused after the
    deadline, when the call is not open, for anybody but the coordinator, and while a rule that
    stops a submission of this call is broken. The receipt is printed by a job after the commit.
    """
    proposal = locked(Proposal, proposal_id)
    if proposal.state in LOCKED:
        raise Refused(too_late(proposal))
    content = proposal_content(proposal, on=day_of(at))
    lifecycle = ProposalLifecycle(proposal, at=at)
    lifecycle.gaps = blocking_sentences(proposal.call, content)
    is_first = proposal.state == Proposal.State.DRAFT
    version = _seal(proposal, content, actor=actor, at=at)
    lifecycle.version = version
    fire(lifecycle, "submit" if is_first else "resubmit", actor=actor, at=at)
    enqueue(
        "proposal_receipt",
        key=f"receipt:{version.pk}",
        at=at,
        payload={"version": str(version.pk)},
        started_by=actor,
    )
    notices.proposal.submitted(version, at=at)
    return version


def readings(call: Call, content: Mapping[str, Any]) -> tuple[Reading, ...]:
    """Every rule of the call, read in a content."""
    return read_proposal(facts_of(content), terms=call_terms(call))


def blocking_sentences(call: Call, content: Mapping[str, Any]) -> tuple[str, ...]:
    """What stops a submission: broken rules among those that the call names as stopping it."""
    return tuple(
        sentence(reading)
        for reading in readings(call, content)
        if reading.outcome == FAILED and reading.rule in call.blocks_at_submission
    )


def _seal(
    proposal: Proposal, content: Mapping[str, Any], *, actor: Person, at: datetime
) -> ProposalVersion:
    last = proposal.versions.order_by("-number").values_list("number", flat=True).first()
    totals = content["totals"]
    countries = {row["country"] for row in content["partners"]} - {""}
    return ProposalVersion.objects.create(
        proposal=proposal,
        number=(last or 0) + 1,
        receipt_number=_receipt_number(),
        content=content,
        sha256=fingerprint(content),
        submitted_at=at,
        submitted_by=actor,
        cost_cents=totals["cost"],
        requested_cents=totals["requested"],
        sme_cents=totals["sme"],
        partner_count=len(content["partners"]),
        country_count=len(countries),
    )


def _receipt_number() -> str:
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(3))
    return "-".join(("TR", *groups))


@transaction.atomic
def attach_receipt(version_id: UUID, *, document: Document) -> Receipt:
    """Keep the printed receipt, once; a second print of the same version is not kept."""
    version = ProposalVersion.objects.get(pk=version_id)
    locked(Proposal, version.proposal_id)  # a version never changes, so nobody may lock it
    receipt, _created = Receipt.objects.get_or_create(
        version=version, defaults={"document": document}
    )
    return receipt


@transaction.atomic
def lock_at_deadline(proposal_id: UUID, *, at: datetime) -> Proposal:
    """Lock what was handed in and read every rule in it, or let an unsubmitted draft lapse."""
    proposal = locked(Proposal, proposal_id)
    system = Person.objects.system()
    lifecycle = ProposalLifecycle(proposal, at=at)
    if proposal.state == Proposal.State.DRAFT:
        fire(lifecycle, "expire", actor=system, at=at)
    elif proposal.state == Proposal.State.SUBMITTED:
        fire(lifecycle, "freeze", actor=system, at=at)
        eligibility.check(proposal, at=at)
    return proposal


def settle_at_deadline(*, at: datetime) -> int:
    """Lock or lapse every proposal of a closed call that still waits for it, one by one."""
    waiting = Proposal.objects.filter(
        call__state=Call.State.CLOSED,
        state__in=[Proposal.State.DRAFT, Proposal.State.SUBMITTED],
    )
    ids = list(waiting.order_by("pk").values_list("pk", flat=True))
    for proposal_id in ids:
        lock_at_deadline(proposal_id, at=at)
    return len(ids)


def end_with_call(call: Call, *, at: datetime, reason: str) -> list[Proposal]:
    """End every live proposal of a call that is being cancelled; the caller holds the call."""
    live = [arrow.source for arrow in arrows(ProposalLifecycle) if arrow.event == "end_with_call"]
    ended = locked_all(call.proposals.filter(state__in=live))
    system = Person.objects.system()
    for proposal in ended:
        fire(
            ProposalLifecycle(proposal, at=at), "end_with_call", actor=system, at=at, reason=reason
        )
    return ended
