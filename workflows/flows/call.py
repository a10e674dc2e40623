"""A call, as officers wait for one another and for the clock."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from viewflow import this
from viewflow.workflow import flow

from grants.models import Call
from workflows.models import CallProcess
from workflows.queues import clock, office
from workflows.turns import Outcome, RecordFlow, Turn

S = Call.State


def _self(call: Call) -> object:
    return call.pk


class CallFlow(RecordFlow):
    process_class = CallProcess
    page = "grants:call_setup"

    start = flow.StartHandle().Next(this.publish)
    publish = Turn(S.DRAFT, queue=office("AO", _self), words=_("Publish the call %(record)s")).Next(
        publish=this.opening, cancel=this.cancelled
    )
    opening = Turn(
        S.PUBLISHED, queue=clock, words=_("%(record)s opens"), due=lambda call: call.opens_at
    ).Next(open=this.closing, cancel=this.cancelled)
    closing = Turn(
        S.OPEN, queue=clock, words=_("%(record)s closes"), due=lambda call: call.deadline_at
    ).Next(close=this.evaluate, cancel=this.cancelled)
    evaluate = Turn(
        S.CLOSED,
        queue=office("CC", _self),
        words=_("Start the evaluation of %(record)s"),
    ).Next(evaluate=this.rank, cancel=this.cancelled)
    rank = Turn(
        S.EVALUATING,
        queue=office("CC", _self),
        words=_("Freeze the ranked list of %(record)s"),
        page="grants:ranking_board",
    ).Next(rank=this.award, cancel=this.cancelled)
    award = Turn(
        S.RANKED,
        queue=office("AO", _self),
        words=_("Award the grants of %(record)s"),
        page="grants:award_page",
    ).Next(award=this.finish, cancel=this.cancelled)
    finish = Turn(
        S.AWARDED,
        queue=office("AO", _self),
        words=_("Finish %(record)s once all grants are signed"),
    ).Next(finish=this.finished)
    finished = Outcome(S.FINISHED)
    cancelled = Outcome(S.CANCELLED)
