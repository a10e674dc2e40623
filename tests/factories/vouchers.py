"""SME calls, applications and vouchers, brought to a state by the actions that a click uses.

The times follow each other: the grant starts on 1 September 2022, its SME call is open from
16 January to 20 March 2023.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import SimpleUploadedFile

from core.documents import PDF
from tests.factories.grant import an_active_grant, appoint, holder
from tests.factories.grants import a_pdf
from tests.factories.parties import a_person, an_organisation, an_sme, the_representative
from tests.staging import staged
from vouchers.actions import application as applications
from vouchers.actions import decision, expiry, provider, review, sme_status
from vouchers.actions import sme_call as sme_calls
from vouchers.actions import voucher as vouchers
from vouchers.models import Application, SmeCall, Voucher
from vouchers.rules.sme_declaration import Declaration, YearFigures

if TYPE_CHECKING:
    from core.documents import Upload
    from core.models import Person
    from grants.models import Grant
    from parties.models import Organisation
    from vouchers.models import Provider

PLANNING = datetime(2023, 1, 9, 9, 0, tzinfo=UTC)
OPENING = datetime(2023, 1, 16, 9, 0, tzinfo=UTC)
APPLYING = datetime(2023, 2, 1, 9, 0, tzinfo=UTC)
CLOSING = datetime(2023, 3, 20, 16, 0, tzinfo=UTC)
CLOSED = datetime(2023, 3, 21, 9, 0, tzinfo=UTC)
DECIDING = datetime(2023, 3, 27, 9, 0, tzinfo=UTC)
ACCEPTING = datetime(2023, 4, 3, 9, 0, tzinfo=UTC)
SIGNING = datetime(2023, 4, 5, 9, 0, tzinfo=UTC)
HIRING = datetime(2023, 4, 12, 9, 0, tzinfo=UTC)
STARTING = datetime(2023, 4, 20, 9, 0, tzinfo=UTC)
EURO = 100

GREEN = {
    "kind": "green",
    "title": "Green check",
    "activities": "Energy audit, metering plan",
    "amount_cents": 5_000 * EURO,
}


def the_fund_manager(of: Grant) -> Person:
    """The first fund manager of the grant; appointed if there is none."""
    row = of.roles.filter(role="FM").select_related("person").order_by("person__email").first()
    return row.person if row else appoint(of, "FM")


def a_second_fund_manager(of: Grant) -> Person:
    """Another fund manager than the first."""
    the_fund_manager(of)
    return appoint(of, "FM")


def the_signatory(of: Grant) -> Person:
    """Who signs for the coordinator."""
    return holder(of, of.coordinator, "LSIGN")


def terms(**changes: Any) -> dict[str, Any]:
    """Parameters of a first-come call for services at a fixed price."""
    plain: dict[str, Any] = {
        "title": "Green services for small workshops",
        "conditions": "SMEs of the textile ecosystem in an eligible country.",
        "portal_id": "14063COMPETITIVE_CALLen",
        "scheme": SmeCall.Scheme.FIXED_SERVICE,
        "order": SmeCall.Order.FIRST_COME,
        "budget_cents": 50_000 * EURO,
        "opens_at": OPENING,
        "closes_at": CLOSING,
        "score_min": Decimal(10),
        "score_delta": Decimal(5),
    }
    return plain | changes


@staged
def a_draft_sme_call(
    *, of: Grant | None = None, services: list[dict[str, Any]] | None = None, **changes: Any
) -> SmeCall:
    """An SME call with all its lists, still a draft."""
    grant = of or an_active_grant()
    manager = the_fund_manager(grant)
    made = sme_calls.draft(grant.pk, actor=manager, at=PLANNING, **terms(**changes))
    parts: dict[str, list[dict[str, Any]]] = {
        "services": services or [GREEN],
        "criteria": [
            {"name": "Impact", "score_max": Decimal(20), "tie_rank": 1},
            {"name": "Quality", "score_max": Decimal(10), "tie_rank": 2},
        ],
        "evidence_items": [
            {"stage": "claim", "title": "Invoice and proof of payment"},
            {"stage": "final", "title": "Final report", "is_required": False},
        ],
    }
    for part, rows in parts.items():
        sme_calls.replace_part(made.pk, part=part, rows=rows, actor=manager, at=PLANNING)
    return made


@staged
def a_ready_sme_call(**changes: Any) -> SmeCall:
    """Made ready by the fund manager."""
    made = a_draft_sme_call(**changes)
    manager = the_fund_manager(made.grant)
    return sme_calls.make_ready(sme_call_id=made.pk, actor=manager, at=PLANNING)


@staged
def an_open_sme_call(**changes: Any) -> SmeCall:
    """Approved by the coordinator and opened by the clock."""
    made = a_ready_sme_call(**changes)
    sme_calls.approve(sme_call_id=made.pk, actor=the_signatory(made.grant), at=PLANNING)
    expiry.open_sme_calls(max(OPENING, made.opens_at))
    return fresh_call(made)


def fresh_call(of: SmeCall) -> SmeCall:
    """The SME call as the database has it."""
    return SmeCall.objects.select_related("grant__call", "grant__book").get(pk=of.pk)


def close(of: SmeCall) -> SmeCall:
    """Let the clock close it."""
    expiry.close_sme_calls(CLOSED)
    return fresh_call(of)


def a_declaration(headcount: str = "12") -> Declaration:
    """A small enterprise without ties."""
    return Declaration(YearFigures(2022, Decimal(headcount), 150_000_000, 90_000_000))


@staged
def an_application(
    *, of: SmeCall | None = None, sme: Organisation | None = None, at: datetime = APPLYING
) -> Application:
    """A draft of a new SME."""
    sme_call = of or an_open_sme_call()
    firm = sme or an_sme()
    return applications.start(
        sme_call.pk, organisation_id=firm.pk, actor=the_representative(firm), at=at
    )


@staged
def a_complete_application(
    *,
    of: SmeCall | None = None,
    sme: Organisation | None = None,
    at: datetime = APPLYING,
    headcount: str = "12",
    declared: str = "small",
    aid_cents: int = 0,
    **values: Any,
) -> Application:
    """A draft that can be sent; under the de minimis regime with earlier aid of ``aid_cents``."""
    made = an_application(of=of, sme=sme, at=at)
    actor = the_representative(made.organisation)
    service = made.sme_call.services.order_by("position")[0]
    texts: dict[str, Any] = {
        "service": service,
        "title": "Less heat, less water",
        "plan": "Measure, then change the dye bath.",
        "result": "A fifth less energy within a year.",
        "is_honest": True,
        "has_no_other_funding": True,
        "has_no_conflict": True,
    }
    applications.save(made.pk, values=texts | values, actor=actor, at=at)
    if made.sme_call.is_aid:
        agency = {"granted_on": at.date(), "cents": aid_cents, "authority": "Regional agency"}
        rows = [agency] if aid_cents else []
        applications.declare_aid(made.pk, rows=rows, actor=actor, at=at)
    sme_status.declare(
        made.pk, declared=declared, declaration=a_declaration(headcount), actor=actor, at=at
    )
    return fresh(made)


def fresh(of: Application) -> Application:
    """The application as the database has it."""
    return Application.objects.select_related("sme_call__grant__call", "organisation").get(pk=of.pk)


@staged
def a_submitted_application(*, at: datetime = APPLYING, **changes: Any) -> Application:
    """Sent by its SME."""
    made = a_complete_application(at=at, **changes)
    actor = the_representative(made.organisation)
    return applications.submit(application_id=made.pk, actor=actor, at=at)


def find_eligible(of: Application, *, at: datetime = DECIDING) -> Application:
    """Checked by the fund manager."""
    manager = the_fund_manager(of.sme_call.grant)
    return decision.find_eligible(application_id=of.pk, checked_on=at.date(), actor=manager, at=at)


@staged
def an_eligible_application(**changes: Any) -> Application:
    """Found eligible."""
    return find_eligible(a_submitted_application(**changes))


def evaluate(of: Application, *, totals: tuple[int, ...] = (24, 26)) -> Application:
    """Reports of as many new evaluators as there are totals (out of 30)."""
    manager = the_fund_manager(of.sme_call.grant)
    criteria = list(of.sme_call.criteria.order_by("position"))
    for total in totals:
        evaluator = a_person()
        review.ask(of.pk, evaluator=evaluator, actor=manager, at=DECIDING)
        first = min(total, 20)
        marks = {criteria[0].pk: Decimal(first), criteria[1].pk: Decimal(total - first)}
        review.hand_in(
            of.pk,
            marks=marks,
            comment="Clear and worth it.",
            has_no_conflict=True,
            actor=evaluator,
            at=DECIDING,
        )
    return fresh(of)


@staged
def a_scored_application(*, totals: tuple[int, ...] = (24, 26), **changes: Any) -> Application:
    """Evaluated by two who agree."""
    return evaluate(an_eligible_application(**changes), totals=totals)


def decide(of: SmeCall, *, at: datetime = DECIDING) -> None:
    """The fund manager carries out what the rules say."""
    decision.decide(of.pk, actor=the_fund_manager(of.grant), at=at)


@staged
def an_awarded_application(**changes: Any) -> Application:
    """Awarded and waiting for the SME."""
    made = a_scored_application(**changes)
    decide(made.sme_call)
    return fresh(made)


@staged
def an_accepted_application(**changes: Any) -> Application:
    """Accepted by its SME; the voucher is reserved."""
    made = an_awarded_application(**changes)
    return applications.accept(
        application_id=made.pk,
        has_no_other_funding=True,
        actor=the_representative(made.organisation),
        at=ACCEPTING,
    )


def the_holder(of: Voucher) -> Person:
    """Who acts for the SME of a voucher."""
    return the_representative(of.organisation)


def fresh_voucher(of: Voucher) -> Voucher:
    """The voucher as the database has it."""
    rows = Voucher.objects.select_related("grant__call", "application__sme_call", "organisation")
    return rows.get(pk=of.pk)


@staged
def a_reserved_voucher(**changes: Any) -> Voucher:
    """Waits for both signatures."""
    return fresh_voucher(Voucher.objects.get(application=an_accepted_application(**changes)))


@staged
def an_issued_voucher(**changes: Any) -> Voucher:
    """Signed by both sides."""
    made = a_reserved_voucher(**changes)
    vouchers.sign_as_holder(voucher_id=made.pk, actor=the_holder(made), at=SIGNING)
    signatory = the_signatory(made.grant)
    return vouchers.sign_for_consortium(voucher_id=made.pk, actor=signatory, at=SIGNING)


def an_upload(name: str = "offer.pdf") -> SimpleUploadedFile:
    """A PDF as a browser sends it."""
    return SimpleUploadedFile(name, a_pdf(), content_type="application/pdf")


def a_file(name: str = "offer.pdf") -> Upload:
    """The same after a form accepted it."""
    return name, a_pdf(), PDF


def a_provider(of: Grant, *, organisation: Organisation | None = None) -> Provider:
    """In the catalogue of the grant."""
    firm = organisation or an_organisation(kind="provider", legal_form="Ltd")
    manager = the_fund_manager(of)
    made = provider.propose(
        of.pk,
        organisation=firm,
        services="Energy audits",
        kinds=["green"],
        actor=manager,
        at=PLANNING,
    )
    return provider.approve(made.pk, actor=manager, at=PLANNING)


def name_provider(of: Voucher, *, organisation: Organisation | None = None) -> Voucher:
    """The SME names a provider with its offer."""
    firm = organisation or a_provider(of.grant).organisation
    return vouchers.name_provider(
        of.pk,
        organisation=firm,
        services="Energy audit",
        net_cents=5_000 * EURO,
        offer=a_file(),
        actor=the_holder(of),
        at=HIRING,
    )


@staged
def a_voucher_with_provider(**changes: Any) -> Voucher:
    """Its provider is confirmed."""
    made = name_provider(an_issued_voucher(**changes))
    manager = the_fund_manager(made.grant)
    return vouchers.confirm_provider(voucher_id=made.pk, actor=manager, at=HIRING)


@staged
def a_running_voucher(**changes: Any) -> Voucher:
    """The contract is signed and the work has begun."""
    made = a_voucher_with_provider(**changes)
    contract_on = STARTING.date()
    return vouchers.start(made.pk, contract_on=contract_on, actor=the_holder(made), at=STARTING)


def day_after(day: date | None, *, days: int = 1) -> datetime:
    """Nine o'clock, ``days`` after a day."""
    assert day is not None
    return datetime(day.year, day.month, day.day, 9, 0, tzinfo=UTC) + timedelta(days=days)


def sme_side(of: Grant, *, sme: Organisation, evaluator: Person) -> dict[str, Any]:
    """Everything of the SME side that stands side by side in one grant, for the policy's world."""
    sme_call = an_open_sme_call(of=of)
    item = sme_call.evidence_items.create(
        position=9, stage="application", title="Accounts", is_required=False
    )
    voucher = a_running_voucher(of=sme_call, sme=sme)
    sent = a_submitted_application(of=sme_call, sme=sme)
    read = an_eligible_application(of=sme_call)
    manager = the_fund_manager(of)
    review.ask(read.pk, evaluator=evaluator, actor=manager, at=DECIDING)
    draft = an_application(of=an_open_sme_call(of=of), sme=sme)
    draft_item = draft.sme_call.evidence_items.create(
        position=9, stage="application", title=item.title, is_required=False
    )
    applications.add_file(
        draft.pk,
        item_id=draft_item.pk,
        upload=a_file(),
        actor=the_representative(sme),
        at=APPLYING,
    )
    return {
        "sme_call": fresh_call(sme_call),
        "draft_sme_call": a_draft_sme_call(of=of),
        "application": sent,
        "read_application": read,
        "draft_application": draft,
        "voucher": voucher,
        "catalogue_entry": a_provider(of),
    }
