"""The ledger of a grant as it is browsed: accounts by set, entries of one account. Reads only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from core.presentation.tables import Column, Table, Two
from ledger import api as ledger
from ledger.models import Account, Entry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grants.models import Grant

HEX_SHOWN = 4


@dataclass(frozen=True)
class AccountLine:
    """One type of account with the balance of all accounts of that type, in cents."""

    type: str
    words: str
    balance: int
    url: str
    is_current: bool


@dataclass(frozen=True)
class AccountSet:
    """One of the three sets of accounts, and how many of its accounts are empty."""

    words: str
    lines: Sequence[AccountLine]


def sets_of(grant: Grant, *, current: str = "") -> list[AccountSet]:
    """Budget, money and limits; types without an entry are left out. One statement."""
    assert grant.book is not None, "only a signed grant has a book"
    rows = Account.objects.filter(book=grant.book, version__gt=0).values_list("type")
    totals = dict(rows.annotate(Sum("balance")).order_by("type"))
    words = dict(Account._meta.get_field("type").flatchoices)
    lines = [
        AccountLine(
            kind,
            str(words[kind]),
            totals[kind],
            reverse("grants:grant_account", args=[grant.pk, kind.value]),
            kind == current,
        )
        for kind in ledger.AccountType
        if kind in totals
    ]
    names = {"B": _("Budget"), "P": _("Money"), "L": _("Limits")}
    return [
        AccountSet(name, [line for line in lines if line.type[0] == head])
        for head, name in names.items()
    ]


def account_types() -> frozenset[str]:
    """Every type that an address may name."""
    return frozenset(kind.value for kind in ledger.AccountType)


def entries_of(grant: Grant, account_type: str) -> Any:
    """The entries of all accounts of a type, the latest first, ready to be shown in pages."""
    rows = Entry.objects.filter(account__book=grant.book_id, account__type=account_type)
    return rows.select_related(
        "account",
        "posting__debit",
        "posting__credit",
        "posting__event__document",
        "posting__event__actor",
        "posting__event__approver",
    ).order_by("-pk")


def entry_table(entries: Sequence[Entry]) -> Table:
    """No., day, what with its document, debit, credit, balance and the head of the link."""
    columns = [
        Column(_("No."), "num"),
        Column(_("Day"), "day"),
        Column(_("What"), "head"),
        Column(_("From → to")),
        Column(_("Debit EUR"), "money"),
        Column(_("Credit EUR"), "money"),
        Column(_("Balance EUR"), "money"),
        Column(_("Posted by")),
        Column(_("Link")),
    ]
    return Table(_("Entries"), columns, [_cells(entry) for entry in entries])


def _cells(entry: Entry) -> list[Any]:
    posting, event = entry.posting, entry.posting.event
    what = event.kind.replace("_", " ").capitalize()
    people = str(event.actor) if event.approver is None else f"{event.actor}, {event.approver}"
    return [
        entry.seq,
        event.effective_on,
        Two(what, event.document.name),
        f"{posting.debit.type} → {posting.credit.type}",
        entry.amount if entry.amount > 0 else "",
        -entry.amount if entry.amount < 0 else "",
        entry.balance_after,
        people,
        bytes(entry.hash).hex()[:HEX_SHOWN],
    ]
