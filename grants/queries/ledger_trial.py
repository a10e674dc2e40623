"""The trial balance of one grant or of many, with a link from each figure to what it is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.html import format_html
from django.utils.translation import gettext as _

from core.presentation.formats import eur
from core.presentation.tables import Column, Line, Link, Table
from grants.queries.ledger_page import set_words, type_url, words_of
from ledger import api as ledger

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from grants.models import Grant
    from grants.queries.ledger_asked import Asked

    Url = Callable[[str], str]


def trial_table(sets: Sequence[ledger.TrialSet], url: Url) -> Table:
    """Each type of account on its side, each set with its sums; ``url`` says what is behind it."""
    columns = [
        Column(_("Account"), "head"),
        Column(_("Debit EUR"), "money"),
        Column(_("Credit EUR"), "money"),
        Column(_("Difference EUR"), "money"),
    ]
    rows: list[Any] = []
    for one in sets:
        words = set_words()[one.name]
        rows.append(Line([words], "group"))
        rows += [[Link(words_of(x.type), url(x.type), x.type), *_sides(x), ""] for x in one.lines]
        total = _("%(set)s together") % {"set": words}
        rows.append(Line([_strong(total), one.debit, one.credit, one.difference]))
    foot = [
        _("All sets"),
        sum(one.debit for one in sets),
        sum(one.credit for one in sets),
        sum(one.difference for one in sets),
    ]
    return Table(_("Trial balance"), columns, rows, foot=[foot])


def _strong(words: str) -> Any:
    return format_html("<strong>{}</strong>", words)


def _sides(line: Any) -> tuple[Any, Any]:
    """Both sides; an empty one stays empty, an account at nothing shows 0.00 once."""
    if line.debit or line.credit:
        return line.debit or "", line.credit or ""
    return 0, ""


def verdict(sets: Sequence[ledger.TrialSet]) -> tuple[str, str]:
    """The tone and the sentence that says whether it balances."""
    off = [one for one in sets if one.difference]
    if not off:
        words = _(
            "It balances: in each of the three sets, debits and credits are equal to the cent."
        )
        return "good", words
    parts = [
        _("%(set)s by %(cents)s")
        % {"set": set_words()[one.name], "cents": eur(abs(one.difference))}
        for one in off
    ]
    words = _("It does not balance. Debits and credits differ in: %(sets)s.")
    return "bad", words % {"sets": ", ".join(parts)}


def by_grant(grants: Sequence[Grant], type_: str, *, asked: Asked) -> Table:
    """What each grant has of one type of account; four statements, however many grants."""
    books = {grant.book_id: grant for grant in grants}
    rows = ledger.balances_as_of([g.book for g in grants if g.book], asked.when)
    cents: dict[Any, int] = {}
    for row in rows:
        if row.type == type_:
            cents[row.book_id] = cents.get(row.book_id, 0) + row.cents
    columns = [Column(_("Grant"), "head"), Column(_("Balance EUR"), "money")]
    cells = [
        [
            Link(
                books[book].proposal.acronym,
                type_url(books[book].pk, type_, asked),
                str(books[book]),
            ),
            held,
        ]
        for book, held in sorted(cents.items(), key=lambda item: str(books[item[0]]))
    ]
    foot = [[_("All grants"), sum(cents.values())]]
    return Table(_("By grant"), columns, cells, foot=foot if cells else ())
