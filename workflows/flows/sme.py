"""An SME call and the applications to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from viewflow import this
from viewflow.workflow import flow

from vouchers.models import Application, ApplicationDecision, Claim, SmeCall
from vouchers.permissions import sme_call_of
from workflows.models import ApplicationProcess, SmeCallProcess
from workflows.queues import clock, grant_key, organisation_key, person_key
from workflows.turns import Outcome, RecordFlow, Turn

if TYPE_CHECKING:
    from datetime import datetime

TWO = 2
S, A = SmeCall.State, Application.State


def people(role: str) -> Any:
    def key(record: Any) -> str:
        sme_call = sme_call_of(record)
        return grant_key(sme_call.grant_id, role, sme_call.organisation_id)

    return key


def fund_manager(record: Any) -> str:
    return grant_key(sme_call_of(record).grant_id, "FM")


def _coordinator(sme_call: SmeCall) -> str:
    return grant_key(sme_call.grant_id, "LSIGN", sme_call.grant.coordinator_id)


def holder(record: Any) -> str:
    holder = record.voucher if isinstance(record, Claim) else record
    return organisation_key(holder.organisation_id)


def _closes(record: Any) -> datetime:
    return sme_call_of(record).closes_at


class SmeCallFlow(RecordFlow):
    process_class = SmeCallProcess
    page = "vouchers:sme_call_record"

    start = flow.StartHandle().Next(this.write)
    write = Turn(S.DRAFT, queue=fund_manager, words=_("Complete %(record)s")).Next(
        make_ready=this.approve, cancel=this.cancelled
    )
    approve = Turn(
        S.READY,
        when=lambda sme_call: sme_call.approved_by_id is None,
        queue=_coordinator,
        words=_("Approve %(record)s"),
    ).Next(approve=this.open, take_back=this.write, cancel=this.cancelled)
    open = Turn(
        S.READY,
        when=lambda sme_call: sme_call.approved_by_id is not None,
        queue=fund_manager,
        words=_("Open %(record)s"),
        due=lambda sme_call: sme_call.opens_at,
    ).Next(open=this.closing, take_back=this.write, cancel=this.cancelled)
    closing = Turn(
        S.OPEN, S.EXHAUSTED, queue=clock, words=_("%(record)s closes"), due=_closes
    ).Next(close=this.evaluate, exhaust=this.closing, reopen=this.closing, cancel=this.cancelled)
    evaluate = Turn(
        S.CLOSED, queue=fund_manager, words=_("Start the evaluation of %(record)s")
    ).Next(evaluate=this.award, cancel=this.cancelled)
    award = Turn(
        S.EVALUATING, queue=fund_manager, words=_("Award the vouchers of %(record)s")
    ).Next(award=this.contract, cancel=this.cancelled)
    contract = Turn(
        S.AWARDED, queue=fund_manager, words=_("Have the vouchers of %(record)s signed")
    ).Next(contract=this.finish)
    finish = Turn(
        S.CONTRACTING, queue=fund_manager, words=_("Finish %(record)s and release what is left")
    ).Next(finish=this.done)
    done = Outcome(S.DONE)
    cancelled = Outcome(S.CANCELLED)


def _ineligibility(application: Application) -> ApplicationDecision | None:
    open_ = application.decisions.filter(kind="ineligible", dropped_at__isnull=True)
    return open_.filter(confirmed_at__isnull=True).first()


def _is_unjudged(application: Application) -> bool:
    return _ineligibility(application) is None


def _is_refused(application: Application) -> bool:
    return _ineligibility(application) is not None


def _refuser(application: Application) -> list[Any]:
    decision = _ineligibility(application)
    return [decision.decided_by_id] if decision else []


def _unwritten(application: Application) -> list[Any]:
    asked = application.reviews.filter(declined_at__isnull=True)
    return list(asked.filter(submitted_at__isnull=True))


def may_be_read(application: Application) -> bool:
    """Whether evaluators may be asked: at once, or, if applications are ranked, with the call."""
    sme_call = application.sme_call
    return sme_call.order != SmeCall.Order.RANKED or sme_call.state == S.EVALUATING


def _waits_for_call(application: Application) -> bool:
    return not may_be_read(application)


def _lacks_evaluators(application: Application) -> bool:
    """Fewer than two were asked, or all have answered and differ too much: a third is needed."""
    if not may_be_read(application):
        return False
    asked = list(application.reviews.filter(declined_at__isnull=True))
    return len(asked) < TWO or all(review.submitted_at for review in asked)


def _reviewer(review: Any) -> str:
    return person_key(review.evaluator_id)


class ApplicationFlow(RecordFlow):
    process_class = ApplicationProcess
    page = "vouchers:application_page"

    start = flow.StartHandle().Next(this.write)
    write = Turn(A.DRAFT, queue=holder, due=_closes, words=_("Finish and hand in %(record)s")).Next(
        submit=this.check, expire=this.lapsed
    )
    check = Turn(
        A.SUBMITTED,
        when=_is_unjudged,
        queue=fund_manager,
        words=_("Check the eligibility of %(record)s"),
        page="vouchers:application_check",
    ).Next(find_eligible=this.assign, propose_ineligible=this.confirm)
    confirm = Turn(
        A.SUBMITTED,
        when=_is_refused,
        queue=fund_manager,
        not_by=_refuser,
        words=_("Confirm the refusal of %(record)s"),
        page="vouchers:application_check",
    ).Next(find_ineligible=this.ineligible, drop_refusal=this.check)
    wait_for_call = Turn(
        A.ELIGIBLE,
        when=_waits_for_call,
        queue=clock,
        words=_("%(record)s is read when the evaluation of its call begins"),
    ).Next(evaluate=this.assign, end_with_call=this.rejected)
    assign = Turn(
        A.ELIGIBLE,
        when=_lacks_evaluators,
        queue=fund_manager,
        words=_("Ask evaluators for %(record)s"),
        page="vouchers:application_check",
    ).Next(ask_evaluator=this.review)
    review = Turn(
        A.ELIGIBLE,
        each=_unwritten,
        queue=_reviewer,
        words=_("Read and mark %(record)s"),
        page="vouchers:application_review",
        of=lambda review: review.application_id,
    ).Next(hand_in_review=this.decide, decline_review=this.assign)
    decide = Turn(
        A.SCORED,
        queue=fund_manager,
        words=_("Decide on %(record)s"),
        page="vouchers:sme_call_board",
        of=lambda application: application.sme_call_id,
    ).Next(award=this.accept, reject=this.rejected, wait=this.waiting)
    waiting = Turn(A.WAITING, queue=clock, words=_("%(record)s waits for money to free")).Next(
        award=this.accept, end_with_call=this.rejected
    )
    accept = Turn(
        A.AWARDED,
        queue=holder,
        due=lambda application: application.accept_until,
        words=_("Accept the award of %(record)s"),
        page="vouchers:application_accept",
    ).Next(accept=this.accepted, lapse=this.lapsed)
    accepted = Outcome(A.ACCEPTED)
    rejected = Outcome(A.REJECTED)
    ineligible = Outcome(A.INELIGIBLE)
    lapsed = Outcome(A.LAPSED)
    withdrawn = Outcome(A.WITHDRAWN)
