"""How views find what a person may see; everything else does not exist for them (404)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import get_object_or_404

from core import clock
from parties.models import BankAccount, Organisation
from parties.queries.record import Rights, rights_of
from parties.rules.days import day_of

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from core.web import Request


def today() -> date:
    """The day in Brussels, by the product's clock."""
    return day_of(clock.now())


def visible_organisation(request: Request, pk: UUID) -> Organisation:
    """An organisation that the person belongs to or reaches by an office."""
    visible = Organisation.objects.visible_to(request.user, on_date=today())
    return get_object_or_404(visible, pk=pk)


def organisation_with(request: Request, pk: UUID, *, right: str) -> tuple[Organisation, Rights]:
    """An organisation in which the person has the named right, with all their rights in it."""
    organisation = visible_organisation(request, pk)
    rights = rights_of(request.user, organisation, on_date=today())
    if not getattr(rights, right):
        raise Http404
    return organisation, rights


def account_in_sight(request: Request, pk: UUID) -> BankAccount:
    """A bank account whose number the person may read."""
    visible = Organisation.objects.visible_to(request.user, on_date=today())
    accounts = BankAccount.objects.filter(organisation__in=visible)
    account = get_object_or_404(
        accounts.select_related("organisation", "proposed_by", "validated_by"), pk=pk
    )
    if not rights_of(request.user, account.organisation, on_date=today()).sees_accounts:
        raise Http404
    return account
