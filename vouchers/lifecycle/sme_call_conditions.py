"""Under which conditions an SME call moves, with the sentence shown when it may not."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Min
from django.utils.translation import gettext_lazy as _

from core.lifecycle import condition
from grants.models import Grant
from vouchers import accounts
from vouchers.models import SmeCall
from vouchers.models.choices import ApplicationState, EvidenceStage, VoucherState
from vouchers.rules.sme_call_gaps import CallFacts, gaps_of

if TYPE_CHECKING:
    from vouchers.lifecycle.sme_call import SmeCallLifecycle
    from vouchers.rules.sme_call_gaps import Gap

A = ApplicationState
COMMITTED = (A.AWARDED, A.ACCEPTED)


def gaps(sme_call: SmeCall) -> tuple[Gap, ...]:
    """What the call still lacks before it may be published."""
    return gaps_of(_facts(sme_call))


def _facts(sme_call: SmeCall) -> CallFacts:
    criteria = list(sme_call.criteria.all())
    return CallFacts(
        conditions=sme_call.conditions,
        portal_id=sme_call.portal_id,
        amounts=tuple(sme_call.services.values_list("amount_cents", flat=True)),
        budget_cents=sme_call.budget_cents,
        cap_cents=sme_call.grant.call.sme_max_cents,
        is_cofunded=sme_call.scheme == SmeCall.Scheme.COFUNDED,
        rate_bp=sme_call.rate_bp,
        own_share_bp=sme_call.own_share_bp,
        is_ranked=sme_call.order == SmeCall.Order.RANKED,
        criteria=len(criteria),
        tie_keys=sum(one.tie_rank is not None for one in criteria),
        score_max=sum((one.score_max for one in criteria), Decimal(0)),
        score_min=sme_call.score_min,
        claim_evidence=sme_call.evidence_items.filter(stage=EvidenceStage.CLAIM).count(),
        has_instalments=sme_call.route == SmeCall.Route.INSTALMENTS,
        instalments_bp=tuple(sme_call.instalments.values_list("share_bp", flat=True)),
        opens_on=sme_call.local_day(sme_call.opens_at),
        closes_on=sme_call.local_day(sme_call.closes_at),
        derogation=sme_call.derogation,
        grant_ends_on=sme_call.grant.ends_on,
        days_min=sme_call.grant.call.window_days_min,
    )


@condition(_("The call is not complete yet. The list on its page says what is missing."))
def is_complete(lifecycle: SmeCallLifecycle) -> bool:
    """Criteria, amounts, activities, evidence, window and instalments are there and fit."""
    return not gaps(lifecycle.record)


@condition(_("Another person has to approve: whoever made the call ready cannot approve it too."))
def approved_by_another(lifecycle: SmeCallLifecycle) -> bool:
    """The fund manager made it ready; the coordinator's signatory is somebody else."""
    last = lifecycle.record.transitions.filter(event="make_ready").order_by("-pk").first()
    return last is None or lifecycle.actor is None or last.actor_id != lifecycle.actor.pk


@condition(_("The coordinator has not approved the call yet."))
def is_approved(lifecycle: SmeCallLifecycle) -> bool:
    """The coordinator's signatory has approved what the fund manager made ready."""
    return lifecycle.record.approved_at is not None


@condition(_("The grant is not active, so no SME call can be opened."))
def grant_is_active(lifecycle: SmeCallLifecycle) -> bool:
    """Money is only committed while the agreement runs."""
    return lifecycle.record.grant.state == Grant.State.ACTIVE


@condition(_("The opening has not come yet. Wait for it, or choose an earlier one."))
def opening_reached(lifecycle: SmeCallLifecycle) -> bool:
    """The opening instant has come."""
    return lifecycle.record.opens_at <= lifecycle.at


@condition(_("The closing time has passed. Take the call back to draft and choose a later one."))
def closing_ahead(lifecycle: SmeCallLifecycle) -> bool:
    """Nobody can answer a call that is over."""
    return lifecycle.at < lifecycle.record.closes_at


@condition(_("The closing time has not passed yet."))
def closing_passed(lifecycle: SmeCallLifecycle) -> bool:
    """At the closing instant itself an application is still in time."""
    return lifecycle.record.closes_at < lifecycle.at


@condition(_("The money that the agreement sets aside for SMEs does not cover this budget."))
def pool_covers_budget(lifecycle: SmeCallLifecycle) -> bool:
    """What is left of the SME pool is at least the call's budget."""
    sme_call = lifecycle.record
    return accounts.left(accounts.pool(sme_call.grant)) >= sme_call.budget_cents


def is_spent(sme_call: SmeCall) -> bool:
    """Not even the smallest service fits any more, or somebody in line waits for more than is left.

    Nobody overtakes the one who waits for money, so the line is over for all who come later.
    """
    left = accounts.left(accounts.call_budget(sme_call))
    smallest = sme_call.services.aggregate(least=Min("amount_cents"))["least"] or 1
    needed = 1 if sme_call.scheme == SmeCall.Scheme.COFUNDED else smallest
    in_line = sme_call.applications.filter(state=A.WAITING, value_cents__gt=left)
    return left < needed or in_line.exists()


@condition(_("There is money left for at least one more voucher."))
def budget_used_up(lifecycle: SmeCallLifecycle) -> bool:
    """First come, first served, and the budget is spent."""
    sme_call = lifecycle.record
    return sme_call.order == SmeCall.Order.FIRST_COME and is_spent(sme_call)


@condition(_("There is still no money for one more voucher."))
def budget_is_back(lifecycle: SmeCallLifecycle) -> bool:
    """Money came back, and nobody in line needs all of it."""
    return not is_spent(lifecycle.record)


@condition(_("At least one application has not been checked yet."))
def all_checked(lifecycle: SmeCallLifecycle) -> bool:
    """Every application that was handed in is eligible or refused."""
    return not lifecycle.record.applications.filter(state=A.SUBMITTED).exists()


@condition(_("At least one application has no decision yet."))
def all_decided(lifecycle: SmeCallLifecycle) -> bool:
    """Every application is awarded, on the waiting list or rejected."""
    open_states = (A.SUBMITTED, A.ELIGIBLE, A.SCORED)
    return not lifecycle.record.applications.filter(state__in=open_states).exists()


@condition(_("Write the minutes of the selection: who decided, and on what grounds."))
def minutes_written(lifecycle: SmeCallLifecycle) -> bool:
    """The selection can be understood later."""
    return bool(lifecycle.record.minutes.strip())


@condition(_("An award waits for its acceptance, or a voucher for its signatures."))
def all_contracted(lifecycle: SmeCallLifecycle) -> bool:
    """Every award was accepted or lapsed, and every voucher was signed or cancelled."""
    sme_call = lifecycle.record
    if sme_call.applications.filter(state=A.AWARDED).exists():
        return False
    accepted = sme_call.applications.filter(state=A.ACCEPTED)
    return not accepted.filter(voucher__state=VoucherState.RESERVED).exists()


@condition(_("Awards have been made. A call with awards cannot be cancelled."))
def nothing_awarded(lifecycle: SmeCallLifecycle) -> bool:
    """No application was awarded; who was promised something keeps it."""
    return not lifecycle.record.applications.filter(state__in=COMMITTED).exists()


@condition(_("Write why. Everybody concerned will read it."))
def reason_given(lifecycle: SmeCallLifecycle) -> bool:
    """A cancellation without a reason helps nobody."""
    return bool(lifecycle.reason.strip())
