"""A call: from its draft to the day all its grants are signed. The clock opens and closes it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.lifecycle import Lifecycle, condition, state_field, system_only
from grants.models import Call, Proposal
from grants.permissions import call_officer

S = Call.State
P = Proposal.State


@condition(_("The call cannot be published yet: its rules are not complete. See the list above."))
def rules_consistent(lifecycle: CallLifecycle) -> bool:
    """Criteria, strands, rates and texts fit together; the action has read them."""
    return not lifecycle.gaps


@condition(_("The deadline has passed. Choose a later one."))
def deadline_ahead(lifecycle: CallLifecycle) -> bool:
    """Nobody can answer a call that is over."""
    return lifecycle.record.deadline_at > lifecycle.at


@condition(_("The call opens later."))
def opening_reached(lifecycle: CallLifecycle) -> bool:
    """The opening instant has come."""
    return lifecycle.record.opens_at <= lifecycle.at


@condition(_("The deadline has not passed yet."))
def deadline_passed(lifecycle: CallLifecycle) -> bool:
    """At the deadline itself a proposal is still in time, so the call closes after it."""
    return lifecycle.record.deadline_at < lifecycle.at


@condition(_("At least one proposal has not been checked and decided yet."))
def all_decided(lifecycle: CallLifecycle) -> bool:
    """Every proposal is admitted or refused, each refusal confirmed by a second officer."""
    return not lifecycle.record.proposals.filter(state=P.FROZEN).exists()


@condition(_("At least one proposal has no final consensus report yet."))
def all_evaluated(lifecycle: CallLifecycle) -> bool:
    """Every consensus report is final and its result is on the list."""
    waiting = (P.TO_EVALUATE, P.EVALUATED)
    return not lifecycle.record.proposals.filter(state__in=waiting).exists()


@condition(_("The ranked list has not been frozen: ties must be decided first."))
def list_frozen(lifecycle: CallLifecycle) -> bool:
    """A frozen ranked list exists; it can only be frozen when every tie has been decided."""
    return lifecycle.record.rankings.exists()


@condition(_("Every ranked proposal must be on the main list, the reserve list or out of budget."))
def all_listed(lifecycle: CallLifecycle) -> bool:
    """The list has been turned into outcomes."""
    return not lifecycle.record.proposals.filter(state=P.RANKED).exists()


@condition(_("A proposal of the main list has neither a signed grant nor been dropped."))
def all_signed_or_dropped(lifecycle: CallLifecycle) -> bool:
    """No grant is still being prepared."""
    waiting = (P.MAIN_LIST, P.INVITED, P.GRANT_PREP)
    return not lifecycle.record.proposals.filter(state__in=waiting).exists()


@condition(_("Write why the call changes. Everybody who has a draft will read it."))
def reason_given(lifecycle: CallLifecycle) -> bool:
    """A corrigendum or a cancellation without a reason helps nobody."""
    return bool(lifecycle.reason.strip())


class CallLifecycle(Lifecycle[Call]):
    """Every state and move of a call. ``gaps`` are the sentences that still stop a publication."""

    state = state_field(Call.State)
    gaps: tuple[str, ...] = ()

    @state.transition(
        source=S.DRAFT,
        target=S.PUBLISHED,
        label=_("Publish the call"),
        permission=call_officer("AO"),
        conditions=[rules_consistent, deadline_ahead],
    )
    def publish(self) -> None:
        self.record.version = 1
        self.record.published_at = self.at

    @state.transition(
        source=S.PUBLISHED,
        target=S.PUBLISHED,
        label=_("Publish a corrigendum"),
        permission=call_officer("AO"),
        conditions=[reason_given, deadline_ahead],
    )
    @state.transition(
        source=S.OPEN,
        target=S.OPEN,
        label=_("Publish a corrigendum"),
        permission=call_officer("AO"),
        conditions=[reason_given, deadline_ahead],
    )
    def correct(self) -> None:
        self.record.version += 1

    @state.transition(
        source=S.PUBLISHED,
        target=S.OPEN,
        label=_("Open the call"),
        permission=system_only,
        conditions=[opening_reached],
    )
    def open(self) -> None:
        """Proposals may be submitted from now on."""

    @state.transition(
        source=S.OPEN,
        target=S.CLOSED,
        label=_("Close the call"),
        permission=system_only,
        conditions=[deadline_passed],
    )
    def close(self) -> None:
        """What was handed in is locked; the action moves the proposals."""

    @state.transition(
        source=S.CLOSED,
        target=S.EVALUATING,
        label=_("Start the evaluation"),
        permission=call_officer("CC"),
        conditions=[all_decided],
    )
    def evaluate(self) -> None:
        """Experts may be assigned."""

    @state.transition(
        source=S.EVALUATING,
        target=S.RANKED,
        label=_("Freeze the ranked list"),
        permission=call_officer("CC"),
        conditions=[all_evaluated, list_frozen],
    )
    def rank(self) -> None:
        """The list can only be read from now on."""

    @state.transition(
        source=S.RANKED,
        target=S.AWARDED,
        label=_("Award the grants"),
        permission=call_officer("AO"),
        conditions=[all_listed],
    )
    def award(self) -> None:
        """Letters leave with the action."""

    @state.transition(
        source=S.AWARDED,
        target=S.FINISHED,
        label=_("Finish the call"),
        permission=call_officer("AO"),
        conditions=[all_signed_or_dropped],
    )
    def finish(self) -> None:
        """The reserve list ends with the call."""

    @state.transition(
        source=[S.DRAFT, S.PUBLISHED, S.OPEN, S.CLOSED, S.EVALUATING, S.RANKED],
        target=S.CANCELLED,
        label=_("Cancel the call"),
        permission=call_officer("AO"),
        conditions=[reason_given],
    )
    def cancel(self) -> None:
        """Letters leave with the action."""
