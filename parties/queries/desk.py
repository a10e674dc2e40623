"""Lists on the pages: my organisations, accounts to validate, my messages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from core.presentation import formats
from core.presentation.parts import Due, Row, Step
from core.presentation.tables import Column, Link, Table
from parties.models import BankAccount
from parties.models.bank_account import BankAccountState
from parties.queries.accounts import accounting_side, accounts_to_validate
from parties.rules.banking import holder_matches
from parties.rules.days import day_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from core.models import Mail, Person
    from parties.models import Organisation

ENDED_BADLY = {BankAccountState.REFUSED, BankAccountState.BLOCKED}


@dataclass(frozen=True)
class Own:
    """An organisation of mine with what I am there."""

    organisation: Organisation
    functions: str
    has_account: bool


def own_organisations(person: Person, *, on_date: date) -> list[Own]:
    """My organisations by name, one line each, whatever the number of functions."""
    live = person.memberships.live(on_date=on_date).select_related("organisation")
    rows = live.order_by("organisation__short_name", "organisation_id", "function")
    functions: dict[Organisation, list[str]] = {}
    for row in rows:
        functions.setdefault(row.organisation, []).append(row.get_function_display())
    paid = _with_account([organisation.pk for organisation in functions])
    return [
        Own(organisation, ", ".join(names), organisation.pk in paid)
        for organisation, names in functions.items()
    ]


def own_organisations_table(rows: Sequence[Own]) -> Table:
    """My organisations as a table."""
    return Table(
        _("Organisations that you act for"),
        [
            Column(_("Organisation"), "head"),
            Column(_("Kind")),
            Column(_("Your function")),
            Column(_("Bank account")),
        ],
        rows=[
            [
                Link(
                    own.organisation.short_name,
                    own.organisation.get_absolute_url(),
                    small=own.organisation.legal_name,
                ),
                own.organisation.get_kind_display(),
                own.functions,
                _("Validated") if own.has_account else _("None validated"),
            ]
            for own in rows
        ],
    )


def accounts_waiting(person: Person, *, on_date: date) -> list[Due]:
    """Bank accounts that wait for this officer, oldest first."""
    return [
        Due(
            title=_("%(organisation)s: %(iban)s")
            % {"organisation": account.organisation, "iban": account},
            url=account.get_absolute_url(),
            why=_("Proposed by %(person)s") % {"person": account.proposed_by},
            note=_("since %(day)s") % {"day": formats.day(day_of(account.proposed_at), short=True)},
        )
        for account in accounts_to_validate(person, on_date=on_date)
    ]


def is_accounting_side(person: Person, *, on_date: date) -> bool:
    """Whether the person has a validation desk at all."""
    return accounting_side(person, on_date=on_date).exists()


def account_rows(account: BankAccount) -> list[Row]:
    """What is written down about an account."""
    usable = account.usable_from
    return [
        Row(_("Account holder"), account.holder),
        Row(_("IBAN"), str(account)),
        Row(_("BIC"), account.bic),
        Row(_("Payments from"), formats.day(usable, short=True) if usable else _("not yet")),
    ]


def account_steps(account: BankAccount) -> list[Step]:
    """What happened to an account, in the order of time, and what has to come."""
    steps = [
        Step(
            title=f"{BankAccountState(move.target).label}",
            kind="bad" if move.target in ENDED_BADLY else "done",
            when=move.at,
            note=f"{move.actor}. {move.reason}" if move.reason else str(move.actor),
        )
        for move in account.transitions.select_related("actor").order_by("at", "pk")
    ]
    if account.state == BankAccountState.PROPOSED:
        steps.append(Step(title=_("Validated by a second person"), kind="next"))
    return steps


def holder_differs(account: BankAccount) -> bool:
    """Whether holder and organisation are named differently, which an officer has to explain."""
    organisation = account.organisation
    return not any(
        holder_matches(account.holder, name=name)
        for name in (organisation.legal_name, organisation.short_name)
    )


def mail_table(mails: Sequence[Mail], *, url_name: str, with_recipient: bool = False) -> Table:
    """Messages as a table, newest first."""
    recipient = [Column(_("To"))] if with_recipient else []
    return Table(
        _("Messages"),
        [Column(_("Message"), "head"), *recipient, Column(_("Written"), "when")],
        rows=[
            [
                Link(mail.subject, reverse(url_name, args=[mail.pk])),
                *([mail.to_email] if with_recipient else []),
                mail.written_at,
            ]
            for mail in mails
        ],
        none=_("No messages yet."),
    )


def represented(person: Person, *, on_date: date) -> str:
    """What stands under a person's name: the first organisation that they act for."""
    live = person.memberships.live(on_date=on_date).order_by("start_date", "pk")
    return live.values_list("organisation__short_name", flat=True).first() or ""


def _with_account(organisations: Sequence[object]) -> set[object]:
    validated = Q(state=BankAccount.State.VALIDATED, organisation__in=organisations)
    return set(BankAccount.objects.filter(validated).values_list("organisation", flat=True))
