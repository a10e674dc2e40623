"""Cash in the ledger beside the bank's statements, and the days that are closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.presentation.formats import NBSP, eur
from core.presentation.tables import Column, Link, Table, Two
from core.tags import BAD, GOOD, Tag
from grants.queries.ledger_asked import asked
from grants.queries.ledger_page import type_url
from ledger import api as ledger

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from grants.models import Grant

CASH = ledger.AccountType.BANK.value


def bank_table(grant: Grant, days: Sequence[ledger.BankDay], *, may_read: bool) -> Table:
    """One line a day: the bank's closing balance, the ledger's cash, the difference."""
    columns = [
        Column(_("Day"), "head"),
        Column(_("Bank EUR"), "money"),
        Column(_("Ledger EUR"), "money"),
        Column(_("Bank less ledger EUR"), "money"),
        Column(_("Agrees"), "tag"),
        Column(_("Statement")),
    ]
    rows = []
    for line in days:
        row = line.balance
        at_day = asked({"on": row.day.isoformat(), "by": "day"})
        url = reverse("grants:grant_bank_paper", args=[grant.pk, row.pk])
        paper = Link(row.document.name, url, str(row.actor))
        rows.append(
            [
                at_day.shown.replace(" ", NBSP),
                row.cents,
                Link(line.booked, type_url(grant.pk, CASH, at_day)),
                line.difference,
                Tag(BAD, _("Differs")) if line.difference else Tag(GOOD, _("Agrees")),
                paper if may_read else Two(row.document.name, str(row.actor)),
            ]
        )
    none = _("No statement has been entered yet.")
    return Table(_("Bank statements"), columns, rows, none=none)


def differences(days: Sequence[ledger.BankDay]) -> tuple[str, str]:
    """The tone and the sentence above the table; empty words while there is nothing to compare."""
    off = [line for line in days if line.difference]
    if not days:
        return "info", ""
    if not off:
        return "good", _("On every day that was entered, cash in the ledger is what the bank says.")
    words = ngettext(
        "Cash in the ledger differs from the bank on %(count)s day: on %(day)s by %(cents)s.",
        "Cash in the ledger differs from the bank on %(count)s days; on %(day)s by %(cents)s.",
        len(off),
    )
    return "bad", words % {
        "count": len(off),
        "day": asked({"on": off[0].balance.day.isoformat()}).shown,
        "cents": eur(abs(off[0].difference)),
    }


def closed_words(first: date | None) -> str:
    """Through which day the book is closed."""
    if first is None:
        return _("No period is closed yet.")
    return _("Closed for good before %(day)s, the first open day.") % {
        "day": asked({"on": first.isoformat()}).shown
    }
