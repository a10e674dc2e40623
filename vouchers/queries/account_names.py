"""What the accounts of SME calls, applications, vouchers and limits are called in the ledger."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from grants.queries import account_names
from vouchers.models import Application, SmeCall, Voucher
from vouchers.models.application import CapMember

if TYPE_CHECKING:
    from collections.abc import Collection

    from grants.queries.account_names import Name


def sme_calls(keys: Collection[str]) -> dict[str, Name]:
    """Titles by id."""
    rows = SmeCall.objects.filter(pk__in=keys)
    found = rows.values_list("pk", "title", "number")
    return {str(pk): (title, number) for pk, title, number in found}


def applications(keys: Collection[str]) -> dict[str, Name]:
    """Number and applicant by id."""
    rows = Application.objects.filter(pk__in=keys)
    found = rows.values_list("pk", "number", "organisation__legal_name")
    return {str(pk): (name, number) for pk, number, name in found}


def vouchers(keys: Collection[str]) -> dict[str, Name]:
    """Number and holder by id."""
    rows = Voucher.objects.filter(pk__in=keys)
    found = rows.values_list("pk", "number", "organisation__legal_name")
    return {str(pk): (name, number) for pk, number, name in found}


def groups(keys: Collection[str]) -> dict[str, Name]:
    """The enterprises that share a limit, by the id of their group."""
    members: defaultdict[str, list[str]] = defaultdict(list)
    rows = CapMember.objects.filter(group__pk__in=list(keys)).order_by("organisation__legal_name")
    for group, name in rows.values_list("group", "organisation__legal_name"):
        members[str(group)].append(name)
    return {group: (", ".join(found), "") for group, found in members.items()}


def connect() -> None:
    """Called by ``vouchers.wiring``; safe to call twice."""
    account_names.register("SME call", sme_calls)
    account_names.register("application", applications)
    account_names.register("voucher", vouchers)
    account_names.register("group", groups)
