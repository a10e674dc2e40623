"""An invitation works once, for the address it was sent to, until its day."""

from __future__ import annotations

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from core.lifecycle import Lifecycle, condition, state_field, system_only
from parties.models import Invitation
from parties.models.invitation import InvitationState as S
from parties.permissions import has_account, is_inviter
from parties.rules import tokens


@condition(_("This invitation has expired. Ask whoever sent it for a new one."))
def is_in_time(lifecycle: Lifecycle[Invitation]) -> bool:
    return not tokens.is_expired(lifecycle.record.expires_at, at=lifecycle.at)


@condition(_("This invitation has not expired yet."))
def is_over(lifecycle: Lifecycle[Invitation]) -> bool:
    return tokens.is_expired(lifecycle.record.expires_at, at=lifecycle.at)


@condition(
    _(
        "This invitation was sent to another address than the one you signed in with. "
        "Sign in with that address, or ask for an invitation to yours."
    )
)
def is_for_this_address(lifecycle: Lifecycle[Invitation]) -> bool:
    actor = lifecycle.actor
    return actor is not None and actor.email.lower() == lifecycle.record.email.lower()


class InvitationLifecycle(Lifecycle[Invitation]):
    """Sent → accepted; or withdrawn, or expired."""

    state: ClassVar = state_field(S)

    @state.transition(
        source=S.SENT,
        target=S.ACCEPTED,
        label=_("Accept the invitation"),
        permission=has_account,
        conditions=[is_in_time, is_for_this_address],
    )
    def accept(self) -> None:
        """What follows is said by the purpose."""
        self.record.accepted_by, self.record.accepted_at = self.actor, self.at

    @state.transition(
        source=S.SENT,
        target=S.WITHDRAWN,
        label=_("Withdraw the invitation"),
        permission=is_inviter,
    )
    def withdraw(self) -> None:
        """The link in the mail stops working."""

    @state.transition(source=S.SENT, target=S.EXPIRED, permission=system_only, conditions=[is_over])
    def expire(self) -> None:
        """Nobody answered in time."""
