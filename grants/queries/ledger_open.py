"""Clearing accounts that still hold something: since when, why, and whether they may."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.presentation.parts import Pill
from core.presentation.tables import Column, Link, Table
from core.tags import IDLE, WARN, Tag
from grants.queries.account_names import names
from grants.queries.ledger_asked import Asked
from grants.queries.ledger_page import account_url, kind_words, words_of
from ledger import api as ledger

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from grants.models import Grant

NOW = Asked(ledger.AsOf())


@dataclass(frozen=True)
class OpenBalances:
    """What a page shows of them: the filter, the rows of it, and their number."""

    pills: Sequence[Pill]
    rows: Sequence[ledger.OpenBalance]
    unexplained: int


def open_balances(grants: Sequence[Grant], *, everything: bool) -> OpenBalances:
    """Those that have to be empty by now, or all that are open; three statements."""
    found = ledger.open_balances([grant.book for grant in grants if grant.book])
    late = [row for row in found if row.is_unexplained]
    return OpenBalances(
        [
            Pill(_("Have to be empty"), "?", not everything, len(late)),
            Pill(_("All that are open"), "?show=all", everything, len(found)),
        ],
        found if everything else late,
        len(late),
    )


def due_words(due: ledger.Due) -> str:
    """From when such an account has to be empty."""
    return {
        ledger.Due.ALWAYS: _("always"),
        ledger.Due.SETTLED: _("once the grant is settled"),
        ledger.Due.PAID: _("once the grant is settled and this is paid"),
    }[due]


def open_table(
    grants: Sequence[Grant], rows: Sequence[ledger.OpenBalance], *, on: date, with_grant: bool
) -> Table:
    """One line an account, the oldest first; one statement for each kind of owner."""
    named = names((row.account.type, row.account.key) for row in rows)
    of_book = {grant.book_id: grant for grant in grants}
    columns = [
        Column(_("Account"), "head"),
        Column(_("Balance EUR"), "money"),
        Column(_("Since"), "day"),
        Column(_("Days"), "num"),
        Column(_("Behind it")),
        Column(_("Has to be empty")),
        Column(_("State"), "tag"),
    ]
    if with_grant:
        columns.insert(0, Column(_("Grant")))
    cells = []
    for row in rows:
        grant = of_book[row.account.book_id]
        whose = named.get((row.account.type, row.account.key), ("", ""))[0]
        line = _line(grant, row, whose=whose, on=on)
        cells.append([grant.proposal.acronym, *line] if with_grant else line)
    none = _("Nothing is left where nothing should be.")
    return Table(_("Open balances"), columns, cells, none=none)


def _line(grant: Grant, row: ledger.OpenBalance, *, whose: str, on: date) -> list[Any]:
    account, event = row.account, row.event
    words = words_of(account.type)
    small = f"{account.type} · {words}" if whose else account.type
    tag = Tag(WARN, _("Unexplained")) if row.is_unexplained else Tag(IDLE, _("In use"))
    url = reverse("grants:grant_ledger_event", args=[grant.pk, event.pk])
    return [
        Link(whose or words, account_url(grant.pk, account.type, account.key, NOW), small),
        account.balance,
        event.effective_on,
        row.age(on),
        Link(kind_words(event.kind), url, event.document.name),
        due_words(row.due),
        tag,
    ]


def summary(found: OpenBalances) -> tuple[str, str]:
    """The tone and the sentence above the table."""
    if not found.unexplained:
        return "good", _("Every account that has to be empty by now is empty.")
    words = ngettext(
        "%(count)s account has to be empty by now and is not. It asks for a reason.",
        "%(count)s accounts have to be empty by now and are not. Each asks for a reason.",
        found.unexplained,
    )
    return "warn", words % {"count": found.unexplained}
