"""All that other apps may use of the ledger.

>>> post(LedgerEvent(idem=..., kind=Kind.VOUCHER_ISSUED, document=agreement, effective_on=day,
...                  legs=legs.voucher_issued(book.pk, application=a.pk, voucher=v.pk,
...                                           amount=500_000)), actor=person, at=at)

``legs`` has one function per row of docs/ledger-postings.md, ``Kind`` and ``AccountType`` the
closed lists. Keys of accounts are the records' ids as text. Amounts are cents.
"""

from ledger.actions.book import close, open_book
from ledger.actions.headroom import open_headroom
from ledger.actions.posting import LedgerEvent, post, reverse
from ledger.actions.settlement import settle
from ledger.queries.balance import (
    balance,
    balances,
    balances_by_key,
    balances_of_key,
    committed_by_voucher,
    statement,
)
from ledger.queries.figures import (
    ShareFigures,
    Split,
    final_grant_today,
    share_figures,
    share_figures_of,
)
from ledger.queries.invariants import Violation, invariants
from ledger.rules import legs, share
from ledger.rules.chart import AccountType
from ledger.rules.kinds import TWO_PERSONS, Kind
from ledger.rules.legs import AccountRef, Leg, leg

__all__ = [
    "TWO_PERSONS",
    "AccountRef",
    "AccountType",
    "Kind",
    "LedgerEvent",
    "Leg",
    "ShareFigures",
    "Split",
    "Violation",
    "balance",
    "balances",
    "balances_by_key",
    "balances_of_key",
    "close",
    "committed_by_voucher",
    "final_grant_today",
    "invariants",
    "leg",
    "legs",
    "open_book",
    "open_headroom",
    "post",
    "reverse",
    "settle",
    "share",
    "share_figures",
    "share_figures_of",
    "statement",
]
