"""How an account comes to be paid: proposed by the organisation, validated by the accounting side.

The authorising officer never validates bank data (Financial Regulation (EU, Euratom) 2024/2509,
duties of the accounting officer).
"""

from __future__ import annotations

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from core.lifecycle import Lifecycle, any_of, condition, state_field
from parties.models import BankAccount
from parties.models.bank_account import BankAccountState as S
from parties.permissions import is_accounting_side, is_holder
from parties.rules import banking
from parties.rules.days import day_of


@condition(_("You proposed this account. Somebody else of the accounting side validates it."))
def is_second_person(lifecycle: Lifecycle[BankAccount]) -> bool:
    return lifecycle.actor is not None and lifecycle.actor.pk != lifecycle.record.proposed_by_id


class BankAccountLifecycle(Lifecycle[BankAccount]):
    """Proposed → validated → replaced; or refused, or withdrawn."""

    state: ClassVar = state_field(S)

    @state.transition(
        source=S.PROPOSED,
        target=S.VALIDATED,
        label=_("Validate the account"),
        permission=is_accounting_side,
        conditions=[is_second_person],
    )
    def validate(self) -> None:
        """A changed account may be paid only after its cooling days."""
        earlier = BankAccount.objects.once_valid().filter(
            organisation_id=self.record.organisation_id
        )
        self.record.validated_at, self.record.validated_by = self.at, self.actor
        self.record.usable_from = banking.usable_from(day_of(self.at), is_change=earlier.exists())

    @state.transition(
        source=S.PROPOSED,
        target=S.REFUSED,
        label=_("Refuse the account"),
        permission=is_accounting_side,
    )
    def refuse(self) -> None:
        """The organisation is told the reason and may propose another."""

    @state.transition(
        source=S.PROPOSED,
        target=S.WITHDRAWN,
        label=_("Withdraw the account"),
        permission=is_holder,
    )
    def withdraw(self) -> None:
        """Before anybody validated it."""

    @state.transition(
        source=S.VALIDATED,
        target=S.BLOCKED,
        label=_("Stop payments to this account"),
        permission=any_of(is_holder, is_accounting_side),
    )
    def block(self) -> None:
        """Somebody at the organisation or on the accounting side objects: nothing is paid to it."""

    @state.transition(source=S.VALIDATED, target=S.REPLACED, permission=is_accounting_side)
    def replace(self) -> None:
        """Its successor was validated."""
