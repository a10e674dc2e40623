"""Six SME calls in the shapes that Euroclusters published, from draft to signed vouchers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from core.documents import PDF
from demo import names, staff
from demo.chapters.proposals import part_b
from demo.firms import Firm, apply, firm
from demo.shapes import SHAPES, Shape
from vouchers.actions import application as applications
from vouchers.actions import decision, expiry, provider, review
from vouchers.actions import sme_call as sme_calls
from vouchers.actions import voucher as vouchers
from vouchers.models import Application, SmeCall, Voucher

if TYPE_CHECKING:
    from core.documents import Upload
    from core.models import Person
    from demo.staff import Staff
    from demo.stage import Stage
    from grants.models import Grant

ENDS_LATE = date(2025, 1, 1)
# Where the demo's own fund manager, finance officers and SME are: a call that goes on, and an
# application in it whose voucher is used in part.
HOME_CALL, HOME_FIRM = 2, 1
HIRED = datetime(2022, 11, 7, 9, 0, tzinfo=UTC)
APPLIED = datetime(2023, 2, 1, 9, 0, tzinfo=UTC)
CHECKED = datetime(2023, 4, 12, 9, 0, tzinfo=UTC)
DECIDED = datetime(2023, 4, 24, 9, 0, tzinfo=UTC)
ACCEPTED = datetime(2023, 5, 3, 9, 0, tzinfo=UTC)
SIGNED = datetime(2023, 5, 10, 9, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Round:
    """When an SME call is written, and from when to when it is open."""

    number: int
    drafted: datetime
    opens: datetime
    closes: datetime


FIRST = Round(
    1,
    drafted=datetime(2022, 12, 5, 9, 0, tzinfo=UTC),
    opens=datetime(2023, 1, 16, 8, 0, tzinfo=UTC),
    closes=datetime(2023, 3, 31, 15, 0, tzinfo=UTC),
)


def play(stage: Stage) -> None:
    """Staff, catalogue, call, applications, awards, signatures; for each shape in turn."""
    stage.notes["played"] = grants_with_calls(stage)
    stage.notes["evaluators"] = stage.experts[:-4]
    stage.notes["staff"], stage.notes["providers"] = {}, {}
    stage.notes["vouchers"] = []
    for index, (shape, grant) in enumerate(
        zip(SHAPES * stage.size.rounds, stage.notes["played"], strict=False)
    ):
        is_home = index == HOME_CALL
        lead = stage.notes["by_organisation"][grant.coordinator_id]
        people = staff.hire(stage, grant, lead, is_home=is_home, at=HIRED)
        stage.notes["staff"][grant.pk] = people
        catalogue(stage, grant, people)
        wanted = shape.applicants(crowd=stage.size.crowd)
        sme_call = open_call(grant, shape, people, wanted=wanted, when=FIRST)
        run(stage, sme_call, shape, people, wanted=wanted, is_home=is_home)


def grants_with_calls(stage: Stage) -> list[Grant]:
    """The six that the story follows; then as many long ones as the size asks for."""
    of_proposal = {grant.proposal_id: grant for grant in stage.grants}
    followed = [of_proposal[proposal.pk] for proposal in stage.notes["played_proposals"]]
    long = [grant for grant in stage.grants if grant.ends_on >= ENDS_LATE]
    others = [grant for grant in long if grant not in followed]
    return followed + others[: len(SHAPES) * (stage.size.rounds - 1)]


def open_call(grant: Grant, shape: Shape, people: Staff, *, wanted: int, when: Round) -> SmeCall:
    """Drafted by a fund manager, approved by the coordinator, opened by the clock."""
    manager = people.funds[0]
    amount = shape.services[0]["amount_cents"]
    made = sme_calls.draft(
        grant.pk,
        actor=manager,
        at=when.drafted,
        title=shape.title,
        summary="Open to SMEs of all eligible countries.",
        conditions="The amount, the criteria and the list of activities are those of this page.",
        portal_id=f"{grant.proposal.acronym}-CALL-{when.number}",
        budget_cents=amount * (wanted + 2),
        opens_at=when.opens,
        closes_at=when.closes,
        score_min=Decimal(15),
        score_delta=Decimal(6),
        validity_months=validity(grant),
        **shape.terms,
    )
    parts: dict[str, list[dict[str, Any]]] = {
        "services": shape.services,
        "criteria": [
            {"name": "Impact", "score_max": Decimal(20), "tie_rank": 1},
            {"name": "Quality", "score_max": Decimal(10), "tie_rank": 2},
        ],
        "evidence_items": [
            {"stage": "claim", "title": "Invoice, or report for a lump sum"},
            {"stage": "final", "title": "Final report"},
        ],
    }
    for part, rows in parts.items():
        sme_calls.replace_part(made.pk, part=part, rows=rows, actor=manager, at=when.drafted)
    sme_calls.make_ready(sme_call_id=made.pk, actor=manager, at=when.drafted)
    approved = when.drafted + timedelta(days=3)
    sme_calls.approve(sme_call_id=made.pk, actor=people.lead.person, at=approved)
    expiry.open_sme_calls(when.opens)
    return SmeCall.objects.get(pk=made.pk)


def validity(grant: Grant) -> int:
    """Two years, or so many months that a voucher can still be extended before the grant ends."""
    left = 12 * (grant.ends_on.year - SIGNED.year) + grant.ends_on.month - SIGNED.month
    return min(24, left - 1)


def catalogue(stage: Stage, grant: Grant, people: Staff) -> None:
    """Three providers whom the consortium has approved, with accounts for direct payment."""
    listed = []
    for place in range(3):
        person = stage.person(names.person_name(stage.signed_up + 900))
        plant = names.PLANTS[(stage.signed_up + place) % len(names.PLANTS)]
        title = f"{plant} {names.SERVICES[stage.signed_up % len(names.SERVICES)]}"
        firm = stage.organisation(
            actor=person,
            at=FIRST.drafted,
            names=(f"{title} {stage.signed_up} Ltd", title),
            country=("BE", "NL", "IT")[place],
            kind="provider",
            town=names.TOWNS[("BE", "NL", "IT")[place]],
        )
        entry = provider.propose(
            grant.pk,
            organisation=firm,
            services="Audits, prototypes, courses",
            kinds=["resilience", "green", "digital", "training"],
            actor=people.funds[0],
            at=FIRST.drafted,
        )
        provider.approve(entry.pk, actor=people.funds[1], at=FIRST.drafted)
        stage.account(firm, actor=person, checker=people.finance[0], at=FIRST.drafted)
        listed.append(firm)
    stage.notes["providers"][grant.pk] = listed


def run(
    stage: Stage, sme_call: SmeCall, shape: Shape, people: Staff, *, wanted: int, is_home: bool
) -> None:
    """Applications come in, are checked, scored, decided; the winners sign."""
    total = wanted + shape.spare
    firms = [firm(stage, is_home=is_home and place == HOME_FIRM) for place in range(total)]
    made = [
        apply(stage, sme_call, firm, at=APPLIED + timedelta(hours=3 * number))
        for number, firm in enumerate(firms)
    ]
    expiry.close_sme_calls(FIRST.closes + timedelta(minutes=1))
    sme_call.refresh_from_db()
    manager = people.funds[0]
    for number, one in enumerate(made):
        _check(one, people, is_refused=number == total - 1)
    sme_calls.evaluate(sme_call_id=sme_call.pk, actor=manager, at=CHECKED)
    for number, one in enumerate(made[:-1]):
        _score(stage, one, manager, number=number, is_weak=number == total - 2)
    decision.decide(sme_call.pk, actor=manager, at=DECIDED)
    _conclude(sme_call, manager)
    people_of = {firm.organisation.pk: firm for firm in firms}
    awarded = Application.objects.filter(sme_call=sme_call, state="awarded").order_by("place", "pk")
    for number, one in enumerate(list(awarded)):
        _sign(stage, one, people_of[one.organisation_id], people, number=number)
        stage.tell(f"SME call {sme_call.title[:12]}", number + 1, awarded.count() or 1)
    sme_call.refresh_from_db()
    if sme_call.state == SmeCall.State.AWARDED:
        sme_calls.contract(sme_call_id=sme_call.pk, actor=manager, at=SIGNED + timedelta(days=9))


def _check(one: Application, people: Staff, *, is_refused: bool) -> None:
    """Eligibility by a fund manager; a refusal needs the second one."""
    manager, second = people.funds
    if is_refused:
        decision.propose_refusal(
            one.pk,
            ground="other_funding",
            reason="The same audit is paid by another programme.",
            actor=manager,
            at=CHECKED,
        )
        decision.confirm_refusal(application_id=one.pk, actor=second, at=CHECKED)
        return
    decision.find_eligible(
        application_id=one.pk, checked_on=CHECKED.date(), actor=manager, at=CHECKED
    )


def _score(stage: Stage, one: Application, manager: Person, *, number: int, is_weak: bool) -> None:
    """Two evaluators who agree; the weak one stays under the threshold."""
    criteria = list(one.sme_call.criteria.order_by("position"))
    pool = stage.notes["evaluators"]
    base = 8 if is_weak else 13 + (number * 7) % 6
    for place in range(2):
        evaluator = pool[(number * 2 + place) % len(pool)]
        review.ask(one.pk, evaluator=evaluator, actor=manager, at=CHECKED)
        review.hand_in(
            one.pk,
            marks={criteria[0].pk: Decimal(base + place), criteria[1].pk: Decimal(base // 2)},
            comment="Clear, measurable and in reach of a firm of this size.",
            has_no_conflict=True,
            actor=evaluator,
            at=CHECKED + timedelta(days=5),
        )


def _conclude(sme_call: SmeCall, manager: Person) -> None:
    sme_call.refresh_from_db()
    if sme_call.state == SmeCall.State.EVALUATING:
        sme_calls.write_minutes(
            sme_call.pk,
            minutes="The committee followed the marks of the evaluators in every case.",
            actor=manager,
            at=DECIDED,
        )
        sme_calls.award(sme_call_id=sme_call.pk, actor=manager, at=DECIDED)


def _sign(stage: Stage, one: Application, firm: Firm, people: Staff, *, number: int) -> None:
    """Most accept and sign; every eleventh lets the days pass or stays unsigned."""
    if number % 29 == 11:
        return
    applications.accept(
        application_id=one.pk, has_no_other_funding=True, actor=firm.person, at=ACCEPTED
    )
    voucher = Voucher.objects.get(application=one)
    if number % 29 != 13:
        vouchers.sign_as_holder(voucher_id=voucher.pk, actor=firm.person, at=SIGNED)
        vouchers.sign_for_consortium(voucher_id=voucher.pk, actor=people.lead.person, at=SIGNED)
    stage.notes["vouchers"].append((voucher.pk, firm, number))


def offer(name: str) -> Upload:
    """A provider's offer."""
    return "offer.pdf", part_b(name, pages=1), PDF
