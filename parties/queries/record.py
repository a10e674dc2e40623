"""Everything that the page of an organisation shows to one person, in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core.presentation.parts import Row
from parties import permissions
from parties.models import BankAccount, Invitation, Organisation
from parties.queries.people import people_of
from parties.queries.ties import links_of
from parties.rules.countries import COUNTRIES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from uuid import UUID

    from core.models import Person
    from parties.models import Membership, OrganisationChange, OrganisationLink


@dataclass(frozen=True)
class Rights:
    """What a person may do with an organisation on a day."""

    belongs: bool
    runs: bool
    handles_money: bool
    accounts: bool

    @property
    def sees_accounts(self) -> bool:
        """Account numbers are for those who handle the money and for the accounting side."""
        return self.handles_money or self.accounts


@dataclass(frozen=True)
class OrganisationRecord:
    """An organisation as one person sees it."""

    organisation: Organisation
    rights: Rights
    details: Sequence[Row]
    people: Sequence[Membership]
    invitations: Sequence[Invitation]
    accounts: Sequence[BankAccount]
    links: Sequence[OrganisationLink]
    has_proposal: bool
    changes: Sequence[OrganisationChange]


def rights_of(person: Person, organisation: Organisation, *, on_date: date) -> Rights:
    """The person's rights in the organisation on that day."""
    key = organisation.pk
    return Rights(
        belongs=permissions.is_member(person, key, on_date=on_date),
        runs=permissions.can_run(person, key, on_date=on_date),
        handles_money=permissions.can_handle_money(person, key, on_date=on_date),
        accounts=permissions.can_account(person, key, on_date=on_date),
    )


def organisation_record(
    organisation: Organisation, *, person: Person, on_date: date
) -> OrganisationRecord:
    """The record, narrowed: people and their changes only to members, accounts by right."""
    rights = rights_of(person, organisation, on_date=on_date)
    accounts = organisation.bank_accounts.select_related("proposed_by", "validated_by")
    seen = list(accounts.order_by("-proposed_at")) if rights.sees_accounts else []
    open_invitations = organisation.invitations.filter(state=Invitation.State.SENT)
    return OrganisationRecord(
        organisation=organisation,
        rights=rights,
        details=details_of(organisation),
        people=list(people_of(organisation, on_date=on_date)) if rights.belongs else [],
        invitations=list(open_invitations.order_by("-invited_at")) if rights.runs else [],
        accounts=seen,
        has_proposal=any(account.state == BankAccount.State.PROPOSED for account in seen),
        links=list(links_of(organisation, on_date=on_date)),
        changes=_changes(organisation) if rights.belongs else [],
    )


def details_of(organisation: Organisation) -> list[Row]:
    """What is written down about an organisation, ready to be shown."""
    place = f"{organisation.street}, {organisation.postcode} {organisation.town}"
    country = COUNTRIES[organisation.country]
    region = f"{country} ({organisation.nuts})" if organisation.nuts else country
    rows = [
        Row(_("Legal name"), organisation.legal_name),
        Row(_("Kind"), organisation.get_kind_display()),
        Row(_("Legal form"), organisation.legal_form),
        Row(_("Country and region"), region),
        Row(_("VAT number"), organisation.vat_number),
        Row(_("Registration number"), organisation.registration_number),
        Row(_("Activity (NACE)"), organisation.nace),
        Row(_("Address"), place),
        Row(_("Website"), organisation.website),
    ]
    return [row for row in rows if row.value]


def _changes(organisation: Organisation) -> list[OrganisationChange]:
    return list(organisation.changes.select_related("actor").order_by("-at", "-pk")[:20])


def side_that_runs(link: OrganisationLink, *, person: Person, on_date: date) -> UUID:
    """Of a tie's two organisations the one that the person runs; else the parent."""
    runs_child = permissions.can_run(person, link.child_id, on_date=on_date)
    return link.child_id if runs_child else link.parent_id
