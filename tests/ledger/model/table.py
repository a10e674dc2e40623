"""The postings table written down a second time, by hand, from how a grant is meant to run.

Not read from the program: ``test_table`` compares the two, so that a pair, a phase or a second
person that goes missing there is missed here.
"""

from __future__ import annotations

_DEBIT = "B.AWARD P.BANK P.EUREC P.SEXP P.CEXP P.LOSS P.SADV P.SREC P.PADV P.PREC L.CTL"
_KEYED = """
B.CALL B.RESV B.VCH B.VADV B.CLAIM P.SPAY P.SADV P.SREC P.PPAY P.PADV P.PREC L.CAP L.USED
"""
DEBIT = frozenset(_DEBIT.split())
"""Accounts that a debit increases; every other one is increased by a credit."""

WITHOUT_FLOOR = frozenset({"B.AWARD", "L.CTL"})
KEYED = frozenset(_KEYED.split())
"""Accounts of which a book has one per record."""

SAME = frozenset(
    {
        ("L.CAP", "L.USED"),
        ("L.USED", "L.CAP"),
        ("B.VCH", "B.VADV"),
        ("B.VADV", "B.VCH"),
        ("B.VADV", "B.CLAIM"),
        ("B.VCH", "B.CLAIM"),
        ("B.CLAIM", "B.VADV"),
        ("B.CLAIM", "B.VCH"),
        ("P.PPAY", "P.PADV"),
        ("P.PREC", "P.PADV"),
    }
)
"""Pairs whose two accounts are of one voucher, one partner or one group."""

# kind, how many persons, then phase and pairs; "open": until settled, "after": once settled.
_TEXT = """
award 1 open B.AWARD>B.APPR B.APPR>B.POOL B.APPR>B.COORD
earmark_moved 1 open B.COORD>B.POOL B.POOL>B.COORD
prefinancing 1 open P.BANK>P.PREFIN
prefinancing_passed_on 2 any P.PADV>P.BANK
prefinancing_passed_back 1 any P.BANK>P.PADV
own_money_in 1 any P.BANK>P.OWN
sme_call_opened 1 open B.POOL>B.CALL
sme_call_done 1 open B.CALL>B.POOL
headroom_opened 1 open L.CTL>L.CAP
application_awarded 1 open B.CALL>B.RESV L.CAP>L.USED
voucher_issued 1 open B.RESV>B.VCH
vouchers_issued 1 open B.CALL>B.VCH L.CAP>L.USED
award_lapsed 1 open B.RESV>B.CALL L.USED>L.CAP L.USED>L.CTL
groups_linked 1 open L.CAP>L.CTL L.USED>L.USED
advance_ordered 1 open B.VCH>B.VADV P.SADV>P.SPAY
advance_cancelled 1 open P.SPAY>P.SADV B.VADV>B.VCH
advance_executed 2 any P.SPAY>P.BANK
advance_returned 1 open P.BANK>P.SADV B.VADV>B.VCH
claim_submitted 1 open B.VADV>B.CLAIM B.VCH>B.CLAIM
claim_certified 1 open B.CLAIM>B.SACC B.CLAIM>B.VADV B.CLAIM>B.VCH P.SEXP>P.SPAY P.SPAY>P.SADV
payment_executed 2 any P.SPAY>P.BANK
payment_returned 1 any P.BANK>P.SPAY
claim_refused 1 open B.CLAIM>B.VADV B.CLAIM>B.VCH
voucher_ended 1 open B.VCH>B.CALL B.VCH>B.POOL L.USED>L.CAP L.USED>L.CTL
voucher_ended 1 open B.VADV>B.CALL B.VADV>B.POOL P.SREC>P.SADV
recovery_paid 1 any P.BANK>P.SREC L.USED>L.CAP L.USED>L.CTL
recovery_written_off 2 any P.LOSS>P.SREC L.USED>L.CAP L.USED>L.CTL
support_clawed_back 1 open B.SACC>B.POOL after B.SACC>B.LAPSED any P.SREC>P.SEXP
coordination_claimed 1 open B.COORD>B.CCLAIM
coordination_accepted 1 open B.CCLAIM>B.CACC B.CCLAIM>B.COORD P.CEXP>P.PPAY P.PPAY>P.PADV
coordination_paid 2 any P.PPAY>P.BANK
coordination_returned 1 any P.BANK>P.PPAY
coordination_clawed_back 1 open B.CACC>B.COORD after B.CACC>B.LAPSED any P.PREC>P.CEXP
partner_repaid 1 any P.BANK>P.PREC
partner_left 1 any P.PREC>P.PADV
interim 1 open P.EUREC>P.INCOME P.PREFIN>P.EUREC
eu_paid 1 open P.BANK>P.EUREC P.BANK>P.PREFIN
settlement 2 after P.EUREC>P.INCOME P.INCOME>P.EUDUE P.PREFIN>P.EUREC P.PREFIN>P.EUDUE
settlement 2 after P.PREC>P.CEXP P.CEXP>P.PPAY P.LOSS>P.SEXP P.SEXP>P.LOSS
settlement 2 after B.POOL>B.LAPSED B.CALL>B.LAPSED B.COORD>B.LAPSED
balance_received 1 after P.BANK>P.EUREC
recovery_order_paid 2 after P.BANK>P.OWN P.EUDUE>P.BANK
recovery_offset 1 after P.EUDUE>P.EUREC
amendment_up 1 open B.AWARD>B.APPR B.APPR>B.POOL B.APPR>B.COORD
amendment_down 1 open B.COORD>B.APPR B.POOL>B.APPR B.APPR>B.AWARD
reversal 2
"""

NEVER_TAKEN_BACK = frozenset({"settlement", "reversal", "headroom_opened", "groups_linked"})
"""What a mirror cannot take back."""

PHASE: dict[tuple[str, str, str], str] = {}
"""By kind, debited and credited type: when it is allowed."""
PERSONS: dict[str, int] = {}

for _line in _TEXT.strip().splitlines():
    _kind, _persons, *_rest = _line.split()
    PERSONS[_kind] = int(_persons)
    _phase = ""
    for _word in _rest:
        if ">" in _word:
            _debit, _credit = _word.split(">")
            PHASE[_kind, _debit, _credit] = _phase
        else:
            _phase = _word
