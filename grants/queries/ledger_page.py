"""The ledger of a grant as it is browsed: types, accounts of a type, entries of an account."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.presentation.tables import Column, Link, Table
from grants.queries.account_names import names, owner_of
from ledger import api as ledger
from ledger.models import Account, Entry

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from grants.models import Grant
    from grants.queries.ledger_asked import Asked

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
    """One of the three sets of accounts."""

    words: str
    lines: Sequence[AccountLine]


def words_of(type_: str) -> str:
    """What a type of account is called."""
    return capfirst(str(dict(Account._meta.get_field("type").flatchoices)[type_]))


def set_words() -> dict[str, str]:
    """What the three sets are called."""
    return {"B": _("Budget"), "P": _("Money"), "L": _("Limits")}


def account_types() -> frozenset[str]:
    """Every type that an address may name."""
    return frozenset(kind.value for kind in ledger.AccountType)


def type_url(grant_id: UUID, type_: str, asked: Asked) -> str:
    """Where the accounts of a type are, asked for in the same way."""
    return reverse("grants:grant_account", args=[grant_id, type_]) + asked.query


def account_url(grant_id: UUID, type_: str, key: str, asked: Asked) -> str:
    """Where the entries of one account are."""
    if not key:
        return type_url(grant_id, type_, asked)
    return reverse("grants:grant_account_entries", args=[grant_id, type_, key]) + asked.query


def held(grant: Grant, asked: Asked) -> list[ledger.Held]:
    """Every account of the grant's book with what it held; four statements at most."""
    assert grant.book is not None, "only a signed grant has a book"
    return ledger.balances_as_of([grant.book], asked.when)


def sets_of(
    grant: Grant, accounts: Sequence[ledger.Held], *, asked: Asked, current: str = ""
) -> list[AccountSet]:
    """Budget, money and limits; types without an entry are left out. No statement."""
    totals: defaultdict[str, int] = defaultdict(int)
    for row in accounts:
        totals[row.type] += row.cents
    lines = [
        AccountLine(
            kind.value,
            words_of(kind.value),
            totals[kind],
            type_url(grant.pk, kind.value, asked),
            kind == current,
        )
        for kind in ledger.AccountType
        if kind in totals
    ]
    return [
        AccountSet(name, [line for line in lines if line.type[0] == head])
        for head, name in set_words().items()
    ]


def account_table(
    grant: Grant, accounts: Sequence[ledger.Held], type_: str, *, asked: Asked
) -> Table:
    """The accounts of a keyed type by name, with their sum: one statement for the names."""
    rows = [row for row in accounts if row.type == type_]
    named = names((row.type, row.key) for row in rows)
    lines = sorted((*named[row.type, row.key], row.key, row.cents) for row in rows)
    columns = [Column(_("Account of"), "head"), Column(_("Balance EUR"), "money")]
    cells = [
        [Link(name, account_url(grant.pk, type_, key, asked), small), cents]
        for name, small, key, cents in lines
    ]
    foot = [[_("All %(count)s accounts") % {"count": len(rows)}, sum(x.cents for x in rows)]]
    return Table(_("Accounts of this type"), columns, cells, foot=foot if rows else ())


def is_keyed(type_: str) -> bool:
    """Whether a book has many accounts of this type."""
    return bool(owner_of(type_))


def entries_of(grant: Grant, type_: str, *, key: str = "", asked: Asked) -> Any:
    """The entries of one account, the latest first, ready to be shown in pages."""
    rows = Entry.objects.filter(account__book=grant.book_id, account__type=type_, account__key=key)
    return asked.when.entries(rows).select_related(
        "account",
        "posting__debit",
        "posting__credit",
        "posting__event__document",
    ).order_by("-seq")  # fmt: skip


def kind_words(kind: str) -> str:
    """The name of what happened."""
    words = kind.replace("_", " ").replace("sme ", "SME ").replace("eu ", "EU ")
    return capfirst(words)


def entry_table(grant: Grant, entries: Sequence[Entry]) -> Table:
    """No., day, what with its document, debit, credit, balance, both accounts, the link's hash."""
    columns = [
        Column(_("No."), "num"),
        Column(_("Day"), "day"),
        Column(_("What"), "head"),
        Column(_("Debit EUR"), "money"),
        Column(_("Credit EUR"), "money"),
        Column(_("Balance EUR"), "money"),
        Column(_("From → to")),
        Column(_("Hash")),
    ]
    others = [_other(entry) for entry in entries]
    named = names((other.type, other.key) for other in others)
    rows = [
        _cells(grant, entry, named.get((other.type, other.key), ("", ""))[0])
        for entry, other in zip(entries, others, strict=True)
    ]
    return Table(_("Entries"), columns, rows)


def _other(entry: Entry) -> Account:
    posting = entry.posting
    return posting.credit if posting.debit_id == entry.account_id else posting.debit


def _cells(grant: Grant, entry: Entry, whose: str) -> list[Any]:
    posting, event = entry.posting, entry.posting.event
    url = reverse("grants:grant_ledger_event", args=[grant.pk, event.pk])
    what = kind_words(event.kind)
    return [
        entry.seq,
        event.effective_on,
        Link(f"{what}, {whose}" if whose else what, url, event.document.name),
        entry.amount if entry.amount > 0 else "",
        -entry.amount if entry.amount < 0 else "",
        entry.balance_after,
        f"{posting.debit.type} → {posting.credit.type}",
        bytes(entry.hash).hex()[:HEX_SHOWN],
    ]
