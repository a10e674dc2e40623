"""What must hold before a proposal may move, each with the sentence shown when it does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.lifecycle import condition, unmet
from core.presentation.formats import when
from grants.models import Call, Check, EligibilityDecision
from grants.rules.deadline import is_in_time

if TYPE_CHECKING:
    from grants.lifecycle.proposal import ProposalLifecycle
    from grants.models import Proposal


def in_time(lifecycle: ProposalLifecycle) -> object:
    """The instant was taken once, when the server had the whole request."""
    proposal = lifecycle.record
    in_time = is_in_time(lifecycle.at, deadline_at=proposal.call.deadline_at)
    return in_time or unmet(too_late(proposal))


def too_late(proposal: Proposal) -> str:
    """Since when nothing can be changed, and what counts now."""
    call = proposal.call
    facts = {"when": when(call.deadline_at, zone=call.zone_info)}
    if proposal.version_id is None:
        return gettext("The deadline passed on %(when)s. This proposal was not submitted.") % facts
    words = gettext("The deadline passed on %(when)s. What you submitted last is what counts.")
    return words % facts


@condition(_("This call is not open."))
def call_open(lifecycle: ProposalLifecycle) -> bool:
    """Between opening and closing."""
    return lifecycle.record.call.state == Call.State.OPEN


def nothing_missing(lifecycle: ProposalLifecycle) -> object:
    """The first gap of the working copy, in its own words; falsy when there is one."""
    return unmet(lifecycle.gaps[0]) if lifecycle.gaps else True


def version_kept(lifecycle: ProposalLifecycle) -> object:
    """A submission without its sealed copy would count for nothing."""
    return lifecycle.version is not None


@condition(_("The deadline has not passed yet."))
def deadline_passed(lifecycle: ProposalLifecycle) -> bool:
    """Only the clock locks, and only after the last instant that counts."""
    return lifecycle.record.call.deadline_at < lifecycle.at


@condition(_("Write down that it goes to evaluation before you send it there."))
def admission_decided(lifecycle: ProposalLifecycle) -> bool:
    """An officer's decision to admit stands."""
    return _standing(lifecycle, EligibilityDecision.Verdict.ADMIT)


@condition(_("A rule is broken. Such a proposal can only be refused."))
def no_rule_broken(lifecycle: ProposalLifecycle) -> bool:
    """The automatic checks have run and found no breach."""
    checks = lifecycle.record.checks.all()
    outcomes = {check.outcome for check in checks}
    return bool(outcomes) and Check.Outcome.FAILED not in outcomes


@condition(_("A second officer has to confirm that it is not admissible."))
def inadmissibility_confirmed(lifecycle: ProposalLifecycle) -> bool:
    """Two persons agreed; the second is the one who moves it."""
    return _standing(lifecycle, EligibilityDecision.Verdict.INADMISSIBLE)


@condition(_("A second officer has to confirm that it is not eligible."))
def ineligibility_confirmed(lifecycle: ProposalLifecycle) -> bool:
    """Two persons agreed; the second is the one who moves it."""
    return _standing(lifecycle, EligibilityDecision.Verdict.INELIGIBLE)


@condition(_("Write why."))
def reason_given(lifecycle: ProposalLifecycle) -> bool:
    """The coordinator will read the reason."""
    return bool(lifecycle.reason.strip())


def _standing(lifecycle: ProposalLifecycle, verdict: str) -> bool:
    decisions = lifecycle.record.decisions.filter(verdict=verdict, returned_at__isnull=True)
    if verdict != EligibilityDecision.Verdict.ADMIT:
        decisions = decisions.filter(confirmed_by=lifecycle.actor)
    return decisions.exists()
