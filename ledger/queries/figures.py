"""How much of a grant goes to SMEs: planned, committed, paid and accepted."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Sum

from ledger.models import Account, Book
from ledger.queries.balance import standing
from ledger.rules import share
from ledger.rules.chart import AccountType as T

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_COMMITTED = (T.VCH, T.VADV, T.CLAIM, T.SACC)
_INTO_COORDINATION = ((T.APPR, T.COORD), (T.POOL, T.COORD))
_OUT_OF_COORDINATION = ((T.COORD, T.APPR), (T.COORD, T.POOL))
_SME_OUT = ((T.SPAY, T.BANK),)
_SME_BACK = ((T.BANK, T.SPAY), (T.BANK, T.SADV), (T.BANK, T.SREC))
_PARTNER_OUT = ((T.PPAY, T.BANK), (T.PPAY, T.PADV))
_PARTNER_BACK = ((T.BANK, T.PPAY), (T.BANK, T.PREC))


@dataclass(frozen=True, slots=True)
class Split:
    """Cents for SMEs and for coordination."""

    sme: int
    coordination: int

    @property
    def total(self) -> int:
        return self.sme + self.coordination


@dataclass(frozen=True, slots=True)
class ShareFigures:
    """Who gets how much of one grant, in cents.

    ``grant``: the award. ``final_today``: what would be paid if nothing more came.
    ``share_n`` of ``share_d`` is asked of every split but only decides at the end.
    """

    grant: int
    planned: Split
    committed: Split
    paid: Split
    accepted: Split
    final_today: int
    share_n: int
    share_d: int

    def holds(self, split: Split) -> bool:
        """Whether SMEs have at least their share of ``split``."""
        return share.earmark_holds(
            sme=split.sme, coordination=split.coordination, n=self.share_n, d=self.share_d
        )


def share_figures(book: Book) -> ShareFigures:
    """The figures of one grant; see ``share_figures_of`` for many at once."""
    return share_figures_of([book])[book.pk]


def share_figures_of(books: Iterable[Book]) -> dict[int, ShareFigures]:
    """Figures by book id, in two queries however many books there are.

    planned: the agreement's split as amended. committed: vouchers issued and what they led
    to; coordination claimed and accepted. paid: executed less returned and recovered;
    for partners also what was set off against prefinancing passed on to them.
    """
    wanted = {book.pk: book for book in books}
    held: defaultdict[int, dict[str, int]] = defaultdict(lambda: dict.fromkeys(T, 0))
    flows: defaultdict[int, defaultdict[tuple[str, str], int]] = defaultdict(
        lambda: defaultdict(int)
    )
    accounts = Account.objects.filter(book_id__in=wanted).values_list("book_id", "type")
    for book_id, kind, cents in accounts.annotate(Sum("balance")):
        held[book_id][kind] = cents
    postings = standing(*wanted).values_list("event__book_id", "debit__type", "credit__type")
    for book_id, debit, credit, cents in postings.annotate(Sum("amount")):
        flows[book_id][debit, credit] = cents
    return {pk: _figures(book, held=held[pk], flows=flows[pk]) for pk, book in wanted.items()}


def final_grant_today(book: Book) -> int:
    """min(G, S + min(C, ⌊S/3⌋)) of what is accepted today, cents; G is the award."""
    return share_figures(book).final_today


def _figures(
    book: Book, *, held: Mapping[str, int], flows: Mapping[tuple[str, str], int]
) -> ShareFigures:
    def total(pairs: Iterable[tuple[str, str]]) -> int:
        return sum(flows.get(pair, 0) for pair in pairs)

    coordination = total(_INTO_COORDINATION) - total(_OUT_OF_COORDINATION)
    return ShareFigures(
        grant=held[T.AWARD],
        planned=Split(held[T.AWARD] - held[T.APPR] - coordination, coordination),
        committed=Split(sum(held[kind] for kind in _COMMITTED), held[T.CCLAIM] + held[T.CACC]),
        paid=Split(total(_SME_OUT) - total(_SME_BACK), total(_PARTNER_OUT) - total(_PARTNER_BACK)),
        accepted=Split(held[T.SACC], held[T.CACC]),
        final_today=share.payable(
            held[T.AWARD],
            support=held[T.SACC],
            coordination=held[T.CACC],
            n=book.share_n,
            d=book.share_d,
        ),
        share_n=book.share_n,
        share_d=book.share_d,
    )
