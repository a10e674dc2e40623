"""The people and records that every address is asked with, made once by the actions themselves.

One call: the applicant's proposal won and has an active grant whose prefinancing is due and whose
first report is open; the rival's proposal is ranked behind it. The SME side stands in that grant.
"""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from core import documents
from core.models import Job, Person
from grants.actions import award, ranking, reporting_clock, signature
from grants.actions import grant as grants
from tests.factories import claims
from tests.factories import grant as granted
from tests.factories.evaluation import (
    AWARDING,
    PANEL_DAY,
    a_final_consensus,
    an_evaluating_call,
    experts,
)
from tests.factories.grant_reports import add_costs
from tests.factories.grants import an_officer, officer
from tests.factories.parties import (
    FUNCTIONS,
    PASSWORD,
    a_member,
    a_person,
    an_invitation,
    an_sme,
    the_representative,
)
from tests.factories.vouchers import a_running_voucher, an_open_sme_call, sme_side

if TYPE_CHECKING:
    from grants.models import Grant, Proposal
    from parties.models import Organisation
    from vouchers.models import Voucher

NOW = datetime(2023, 9, 4, 9, 0, tzinfo=UTC)


def build() -> SimpleNamespace:
    """The whole world; ``people`` maps the names of ``row.ROLES`` to persons."""
    world = SimpleNamespace(people={"visitor": None, "stranger": a_person()})
    _evaluate(world)
    _agree(world)
    _report(world)
    _support(world)
    _claim(world)
    _other_machines(world)
    for person in filter(None, world.people.values()):
        person.set_password(PASSWORD)
        person.save()
    vars(world).update({name: who for name, who in world.people.items() if who})
    return world


def _evaluate(world: Any) -> None:
    call, (won, behind) = an_evaluating_call(2)
    asked, others = experts(3), experts(3)
    consensus = a_final_consensus(won, "4", people=asked)
    a_final_consensus(behind, "3.5", people=others)
    ranking.freeze(call.pk, actor=officer(call, "CC"), at=PANEL_DAY)
    world.call, world.rival_proposal, world.proposal = call, behind, won
    world.people |= {
        "evaluator": next(one for one in asked if one != consensus.rapporteur),
        "rapporteur": consensus.rapporteur,
        "other_evaluator": others[0],
        "applicant": signatory(won, 1),
        "partner": signatory(won, 2),
        "rival": signatory(behind, 1),
        "programme_officer": an_officer(call, "PO", person=officer(call, "CC")),
        "authorising_officer": officer(call, "AO"),
        "moderator": officer(call, "MOD"),
        "call_finance_officer": officer(call, "FO"),
        "auditor": officer(call, "AUD"),
    }
    signatory(won, 3)


def organisation(of: Proposal, position: int) -> Organisation:
    """A partner's organisation, by place."""
    found = of.partners.select_related("organisation").get(position=position).organisation
    assert found is not None
    return found


def signatory(of: Proposal, position: int) -> Person:
    """The representative of a partner, who also signs for it."""
    partner = organisation(of, position)
    person = the_representative(partner)
    for function in (FUNCTIONS.LEGAL_SIGNATORY, FUNCTIONS.FINANCIAL_SIGNATORY):
        a_member(partner, function=function, person=person)
    return person


def _agree(world: Any) -> None:
    call, people = world.call, world.people
    award.award(call.pk, actor=people["authorising_officer"], at=AWARDING)
    award.invite(world.proposal.pk, actor=people["authorising_officer"], at=AWARDING)
    made = grants.prepare(
        proposal_id=world.proposal.pk,
        starts_on=granted.STARTS_ON,
        actor=people["programme_officer"],
        at=granted.PREPARING,
    )
    world.grant = active(made)
    world.proposal.refresh_from_db()
    people["fund_manager"] = granted.appoint(made, "FM")
    people["finance_officer"] = granted.appoint(made, "FO")


def active(made: Grant) -> Grant:
    """Signed by everybody and started by the clock."""
    granted.declare_all(made)
    granted.validate_account(made.coordinator, of=made)
    granted.check_exclusion(made)
    grants.make_ready(grant_id=made.pk, actor=officer(made.call, "PO"), at=granted.PREPARING)
    granted.print_agreement(made)
    legal = granted.holder(made, made.coordinator, "LSIGN")
    signature.sign_for_coordinator(grant_id=made.pk, actor=legal, at=granted.SIGNING)
    award_officer = officer(made.call, "AO")
    signature.sign_for_authority(grant_id=made.pk, actor=award_officer, at=granted.SIGNING)
    granted.accede_all(made)
    reporting_clock.start_grants(granted.STARTED)
    return granted.fresh(made)


def _report(world: Any) -> None:
    grant = world.grant
    world.payment = grant.payments.get()
    world.beneficiary = grant.beneficiaries.get(organisation=organisation(world.proposal, 2))
    world.periodic_report = granted.the_report(grant)
    world.statement = world.periodic_report.statements.get(beneficiary=world.beneficiary)
    world.cost_line = add_costs(world.statement, cents=120_000, actor=world.people["partner"])


def _support(world: Any) -> None:
    firm, other = an_sme(), an_sme()
    world.people |= {"sme": the_representative(firm), "other_sme": the_representative(other)}
    made = sme_side(world.grant, sme=firm, evaluator=world.people["evaluator"])
    vars(world).update(made)
    provider = made["voucher"].provider.organisation
    world.people["provider"] = the_representative(provider)
    paper = documents.store(
        b"%PDF-1.7",
        kind="voucher",
        name="voucher.pdf",
        media_type=documents.PDF,
        actor=Person.objects.system(),
        at=NOW,
    )
    Job.objects.filter(key=f"voucher:{world.voucher.pk}").update(result=paper)


def _claim(world: Any) -> None:
    """A claim being written, one handed in, and one paid whose recovery is proposed."""
    world.paid_claim = claims.a_paid(claims.ready(_a_voucher(world)))
    world.recovery = claims.propose_recovery(world.paid_claim)
    world.claim = claims.a_submitted(_a_voucher(world))
    world.draft_claim = claims.prove(claims.a_draft(_a_voucher(world)))


def _a_voucher(world: Any) -> Voucher:
    """Of one more firm of the sme's; a firm gets few vouchers of one consortium."""
    firm = an_sme(representative=world.people["sme"])
    return a_running_voucher(of=an_open_sme_call(of=world.grant), sme=firm)


def _other_machines(world: Any) -> None:
    """Records that only the machines are asked with (tests/states)."""
    world.individual_report = world.proposal.reports.get(expert=world.people["evaluator"])
    world.consensus = world.proposal.consensuses.get()
    coordinator = world.grant.coordinator
    world.bank_account = coordinator.bank_accounts.get()
    world.invitation = an_invitation(coordinator)
