"""All that other apps may use of the ledger.

>>> post(LedgerEvent(idem=..., kind=Kind.VOUCHER_ISSUED, document=agreement, effective_on=day,
...                  legs=legs.voucher_issued(book.pk, application=a.pk, voucher=v.pk,
...                                           amount=500_000)), actor=person, at=at)

``legs`` has one function per row of docs/ledger-postings.md, ``Kind`` and ``AccountType`` the
closed lists. Keys of accounts are the records' ids as text. Amounts are cents.
"""

from ledger.actions.aid import (
    AidCorrection,
    AidGrant,
    correct_aid,
    declare_aid,
    join_undertakings,
    register_aid,
)
from ledger.actions.book import close, open_book
from ledger.actions.headroom import join_headroom, open_headroom
from ledger.actions.period import check_closing, close_period, enter_bank_balance
from ledger.actions.posting import LedgerEvent, post, reverse
from ledger.actions.settlement import settle
from ledger.queries.aid import aid_entered, aid_room, aid_rows, uncorrected
from ledger.queries.aid import register as aid_register
from ledger.queries.as_of import AsOf, Held, balances_as_of
from ledger.queries.balance import (
    balance,
    balances,
    balances_by_key,
    balances_of_key,
    committed_by_voucher,
    statement,
)
from ledger.queries.bank import BankDay, bank_days
from ledger.queries.figures import (
    ShareFigures,
    Split,
    final_grant_today,
    share_figures,
    share_figures_of,
)
from ledger.queries.headroom import Headroom, first_opened, headroom
from ledger.queries.invariants import Violation, invariants
from ledger.queries.open_balances import OpenBalance, open_balances
from ledger.queries.periods import first_open_day, open_day
from ledger.queries.trial import TrialLine, TrialSet, trial_balance
from ledger.rules import legs, share
from ledger.rules.aid import CEILING_CENTS as AID_CEILING_CENTS
from ledger.rules.aid import YEARS as AID_YEARS
from ledger.rules.aid import Room as AidRoom
from ledger.rules.cap import groups_linked
from ledger.rules.chart import AccountType
from ledger.rules.clearing import Due
from ledger.rules.kinds import TWO_PERSONS, Kind
from ledger.rules.legs import AccountRef, Leg, leg

__all__ = [
    "AID_CEILING_CENTS",
    "AID_YEARS",
    "TWO_PERSONS",
    "AccountRef",
    "AccountType",
    "AidCorrection",
    "AidGrant",
    "AidRoom",
    "AsOf",
    "BankDay",
    "Due",
    "Headroom",
    "Held",
    "Kind",
    "LedgerEvent",
    "Leg",
    "OpenBalance",
    "ShareFigures",
    "Split",
    "TrialLine",
    "TrialSet",
    "Violation",
    "aid_entered",
    "aid_register",
    "aid_room",
    "aid_rows",
    "balance",
    "balances",
    "balances_as_of",
    "balances_by_key",
    "balances_of_key",
    "bank_days",
    "check_closing",
    "close",
    "close_period",
    "committed_by_voucher",
    "correct_aid",
    "declare_aid",
    "enter_bank_balance",
    "final_grant_today",
    "first_open_day",
    "first_opened",
    "groups_linked",
    "headroom",
    "invariants",
    "join_headroom",
    "join_undertakings",
    "leg",
    "legs",
    "open_balances",
    "open_book",
    "open_day",
    "open_headroom",
    "post",
    "register_aid",
    "reverse",
    "settle",
    "share",
    "share_figures",
    "share_figures_of",
    "statement",
    "trial_balance",
    "uncorrected",
]
