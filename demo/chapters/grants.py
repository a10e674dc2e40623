"""Thirty agreements: prepared, signed in the right order, begun, prefinanced."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from demo import staff
from demo.money import pay
from grants.actions import award, reporting_clock, signature
from grants.actions import grant as grants
from grants.models import Grant, Payment, Proposal

if TYPE_CHECKING:
    from demo.chapters.proposals import Cluster
    from demo.stage import Stage

INVITED = datetime(2022, 4, 11, 9, 0, tzinfo=UTC)
PREPARED = datetime(2022, 5, 16, 9, 0, tzinfo=UTC)
SIGNED = datetime(2022, 7, 4, 9, 0, tzinfo=UTC)
STARTS_ON = date(2022, 9, 1)
STARTED = datetime(2022, 9, 1, 6, 0, tzinfo=UTC)
PAID = datetime(2022, 9, 12, 9, 0, tzinfo=UTC)
PLAYED, SHORT, LONG = 6, 24, 36


class Prepare:
    """Grants are prepared; one consortium gives up and the reserve list moves up."""

    @staticmethod
    def play(stage: Stage) -> None:
        main = list(
            Proposal.objects.filter(call=stage.call, state=Proposal.State.MAIN_LIST).order_by(
                "ranked__rank"
            )
        )
        by_organisation = {one.organisation.pk: one for one in stage.notes["clusters"]}
        stage.notes["by_organisation"] = by_organisation
        stage.notes["accounts"] = set()
        short = [proposal for proposal in main if proposal.duration_months == SHORT]
        long = [proposal for proposal in main if proposal.duration_months == LONG]
        stage.notes["played_proposals"] = [*short[:2], *long[: PLAYED - 2]]
        for index, proposal in enumerate(main):
            prepare(stage, proposal, index=index)
            stage.tell("Agreements prepared", index + 1, len(main))
        give_up(stage)


def prepare(stage: Stage, proposal: Proposal, *, index: int) -> Grant:
    """Invite, open the grant, collect declarations, check, make it ready to be signed."""
    officer = stage.officers["PO"][index % 2]
    if proposal.state == Proposal.State.MAIN_LIST:
        award.invite(proposal.pk, actor=officer, at=INVITED)
    clusters = [
        _cluster(stage, row.organisation_id)
        for row in proposal.partners.order_by("position")
        if row.organisation_id
    ]
    for one in clusters:
        _make_payable(stage, one)
    grant = grants.prepare(
        proposal_id=proposal.pk,
        starts_on=STARTS_ON,
        report_months=12 if proposal in stage.notes["played_proposals"][:2] else LONG,
        actor=officer,
        at=PREPARED,
    )
    people = {one.organisation.pk: one.person for one in clusters}
    for partner in grant.beneficiaries.order_by("pk"):
        signature.declare(
            beneficiary_id=partner.pk,
            actor=people[partner.organisation_id],
            at=PREPARED + timedelta(days=5),
        )
    grants.record_exclusion_check(
        grant_id=grant.pk,
        source="Early Detection and Exclusion System, looked up on 30 May 2022",
        actor=officer,
        at=PREPARED + timedelta(days=14),
    )
    return grants.make_ready(grant_id=grant.pk, actor=officer, at=PREPARED + timedelta(days=20))


def _cluster(stage: Stage, organisation_id: object) -> Cluster:
    found: Cluster = stage.notes["by_organisation"][organisation_id]
    return found


def _make_payable(stage: Stage, one: Cluster) -> None:
    """Once per organisation: signatories, and an account that the authority has validated."""
    done = stage.notes["accounts"]
    if one.organisation.pk in done:
        return
    done.add(one.organisation.pk)
    staff.name_signatories(one, at=INVITED)
    stage.account(one.organisation, actor=one.person, checker=stage.officer("FO"), at=INVITED)


def give_up(stage: Stage) -> None:
    """The last one on the list cannot find its cofinancing; the first of the reserve moves up."""
    last = Grant.objects.filter(call=stage.call).order_by("proposal__ranked__rank").last()
    assert last is not None
    grants.fail_preparation(
        grant_id=last.pk,
        actor=stage.officer("AO"),
        at=PREPARED + timedelta(days=30),
        reason="The consortium could not find its own ten per cent.",
    )
    promoted = award.promote(
        stage.call.pk, actor=stage.officer("AO"), at=PREPARED + timedelta(days=31)
    )
    for number, proposal in enumerate(promoted):
        proposal.refresh_from_db()
        prepare(stage, proposal, index=number)


class Sign:
    """Coordinator, authority, partners, then the clock; four officers pay the prefinancing."""

    @staticmethod
    def play(stage: Stage) -> None:
        ready = Grant.objects.filter(call=stage.call, state=Grant.State.READY_TO_SIGN)
        rows = list(ready.order_by("proposal__ranked__rank"))
        for index, grant in enumerate(rows):
            sign(stage, grant)
            stage.tell("Agreements signed", index + 1, len(rows))
        reporting_clock.start_grants(STARTED)
        stage.grants = list(
            Grant.objects.filter(call=stage.call, state=Grant.State.ACTIVE).order_by(
                "proposal__ranked__rank"
            )
        )
        for index, payment in enumerate(Payment.objects.filter(kind="prefinancing").order_by("pk")):
            pay(payment, stage.officers["FO"], at=PAID)
            stage.tell("Prefinancing paid", index + 1, len(stage.grants))


def sign(stage: Stage, grant: Grant) -> None:
    """The right order: coordinator, authorising officer, then every other partner."""
    lead = _cluster(stage, grant.coordinator_id)
    signature.sign_for_coordinator(grant_id=grant.pk, actor=lead.person, at=SIGNED)
    signature.sign_for_authority(
        grant_id=grant.pk, actor=stage.officer("AO"), at=SIGNED + timedelta(days=7)
    )
    for partner in grant.beneficiaries.filter(is_coordinator=False).order_by("pk"):
        signature.accede(
            beneficiary_id=partner.pk,
            actor=_cluster(stage, partner.organisation_id).person,
            at=SIGNED + timedelta(days=20),
        )
