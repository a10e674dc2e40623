"""Bank accounts: proposed by the organisation, judged by the accounting side, never edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from core import gate
from core.errors import DomainError, NotAllowed
from core.locks import locked
from parties import notices
from parties.actions import identifier
from parties.lifecycle import BankAccountLifecycle
from parties.models import BankAccount, Organisation
from parties.permissions import can_handle_money
from parties.rules.days import day_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from uuid import UUID

    from core.models import Person


@transaction.atomic
def propose(
    *, organisation_id: UUID, holder: str, iban: str, bic: str, actor: Person, at: datetime
) -> BankAccount:
    """Propose an account, the first or a change; all who handle the money are told.

    Refused when IBAN or BIC cannot be right, when the account is the validated one already, or
    while another proposal waits.
    """
    organisation = locked(Organisation, organisation_id)
    if not can_handle_money(actor, organisation_id, on_date=day_of(at)):
        raise NotAllowed(f"{actor} does not handle the money of {organisation}")
    iban_compact = identifier.iban(iban)
    bic_compact = identifier.bic(bic, iban_compact=iban_compact)
    _refuse_a_second(organisation, iban_compact=iban_compact)
    account = BankAccount.objects.create(
        organisation=organisation,
        holder=holder.strip(),
        iban=iban_compact,
        bic=bic_compact,
        proposed_at=at,
        proposed_by=actor,
    )
    gate.begin(account, actor=actor, at=at)
    notices.account_moved(account, event="propose", at=at)
    return account


@transaction.atomic
def validate(*, account_id: UUID, actor: Person, at: datetime, reason: str = "") -> BankAccount:
    """Validate a proposed account; the one validated before is replaced, and kept.

    Only the accounting side, never the proposer, never a member of the organisation.
    """
    account = _locked_with_organisation(account_id)
    current = BankAccount.objects.select_for_update().filter(
        organisation_id=account.organisation_id, state=BankAccount.State.VALIDATED
    )
    predecessor = current.first()
    if account.state == BankAccount.State.PROPOSED and predecessor is not None:
        gate.fire(BankAccountLifecycle(predecessor, at=at), "replace", actor=actor, at=at)
    lifecycle = BankAccountLifecycle(account, at=at)
    gate.fire(lifecycle, "validate", actor=actor, at=at, reason=reason)
    notices.account_moved(account, event="validate", at=at)
    return account


def refuse(*, account_id: UUID, actor: Person, at: datetime, reason: str = "") -> BankAccount:
    """Refuse a proposed account; the organisation reads the reason, which is required."""
    return _moved(account_id, event="refuse", actor=actor, at=at, reason=_said(reason))


def withdraw(*, account_id: UUID, actor: Person, at: datetime, reason: str = "") -> BankAccount:
    """Take a proposal back before anybody judged it."""
    return _moved(account_id, event="withdraw", actor=actor, at=at, reason=reason)


def block(*, account_id: UUID, actor: Person, at: datetime, reason: str = "") -> BankAccount:
    """Stop payments to a validated account at once; the reason is required."""
    return _moved(account_id, event="block", actor=actor, at=at, reason=_said(reason))


EVENTS: dict[str, Callable[..., BankAccount]] = {
    "validate": validate,
    "refuse": refuse,
    "withdraw": withdraw,
    "block": block,
}


@transaction.atomic
def _moved(
    account_id: UUID, *, event: str, actor: Person, at: datetime, reason: str
) -> BankAccount:
    account = _locked_with_organisation(account_id)
    lifecycle = BankAccountLifecycle(account, at=at)
    gate.fire(lifecycle, event, actor=actor, at=at, reason=reason)
    notices.account_moved(account, event=event, at=at, reason=reason)
    return account


def _locked_with_organisation(account_id: UUID) -> BankAccount:
    """Lock the organisation first, then its account."""
    owner = BankAccount.objects.filter(pk=account_id).values_list("organisation", flat=True)
    if (organisation_id := owner.first()) is not None:
        locked(Organisation, organisation_id)
    return locked(BankAccount, account_id)


def _refuse_a_second(organisation: Organisation, *, iban_compact: str) -> None:
    accounts = organisation.bank_accounts
    if accounts.filter(state=BankAccount.State.PROPOSED).exists():
        words = _("A bank account of %(organisation)s waits for validation. Withdraw it first.")
        raise DomainError(words % {"organisation": organisation})
    if accounts.filter(state=BankAccount.State.VALIDATED, iban=iban_compact).exists():
        words = _("%(organisation)s is paid to this account already. Nothing needs to change.")
        raise DomainError(words % {"organisation": organisation}, field="iban")


def _said(reason: str) -> str:
    if not reason.strip():
        raise DomainError(_("Say why, in a sentence. The other side reads it."), field="reason")
    return reason.strip()
