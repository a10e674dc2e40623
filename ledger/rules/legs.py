"""One leg moves an amount from one account to another; each function is a row of the table.

``debit`` → ``credit``: on the Budget side money flows from the debited account to the
credited one (``B.POOL`` → ``B.CALL``). Legs that fill an account come before legs that empty
it, because floors are checked after each leg. Amounts are cents; legs of zero are left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ledger.rules import share
from ledger.rules.chart import AccountType as T

if TYPE_CHECKING:
    from collections.abc import Iterable

    Line = tuple[str, str, str, str, int]


@dataclass(frozen=True, slots=True, order=True)
class AccountRef:
    """An account by what it is: the book, the type and, for keyed types, whose it is."""

    book_id: int
    type: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Leg:
    """``amount`` cents, ≥ 0, from ``debit`` to ``credit``."""

    debit: AccountRef
    credit: AccountRef
    amount: int

    @property
    def line(self) -> list[str | int]:
        """As an event keeps it: debit type and key, credit type and key, cents."""
        return [self.debit.type, self.debit.key, self.credit.type, self.credit.key, self.amount]


def leg(
    book_id: int, debit: T, credit: T, amount: int, *, frm: object = "", to: object = ""
) -> Leg:
    """A leg inside one book; ``frm`` and ``to`` are the keys of the two accounts."""
    return Leg(AccountRef(book_id, debit, str(frm)), AccountRef(book_id, credit, str(to)), amount)


def legs_of(book_id: int, *, lines: Iterable[Line]) -> list[Leg]:
    """The legs that an event was sent with."""
    return [
        Leg(AccountRef(book_id, debit, debit_key), AccountRef(book_id, credit, credit_key), cents)
        for debit, debit_key, credit, credit_key, cents in lines
    ]


def mirrored(book_id: int, *, lines: Iterable[Line]) -> list[Leg]:
    """The legs that take ``lines`` back: the other way round, the last one first."""
    legs = reversed(legs_of(book_id, lines=lines))
    return [Leg(leg.credit, leg.debit, leg.amount) for leg in legs]


def awarded(book_id: int, *, grant: int, planned: int, n: int, d: int) -> tuple[Leg, ...]:
    """Rows 1–3: the grant, split into the SME earmark and coordination."""
    pool = share.earmark(grant, planned=planned, n=n, d=d)
    return (
        leg(book_id, T.AWARD, T.APPR, grant),
        leg(book_id, T.APPR, T.POOL, pool),
        leg(book_id, T.APPR, T.COORD, grant - pool),
    )


def application_awarded(
    book_id: int, *, call: object, application: object, group: object, amount: int
) -> tuple[Leg, ...]:
    """Row 6a: the amount is reserved and uses the SME group's head-room."""
    return (
        leg(book_id, T.CALL, T.RESV, amount, frm=call, to=application),
        leg(book_id, T.CAP, T.USED, amount, frm=group, to=group),
    )


def award_lapsed(
    book_id: int, *, call: object, application: object, group: object, amount: int, above: int = 0
) -> tuple[Leg, ...]:
    """Row 6c: an award that was never signed gives back the budget and the head-room."""
    return (
        leg(book_id, T.RESV, T.CALL, amount, frm=application, to=call),
        *_given_back(book_id, group=group, amount=amount, above=above),
    )


def _given_back(book_id: int, *, group: object, amount: int, above: int) -> tuple[Leg, ...]:
    """Use of a cap comes back as head-room, but not what was ``above`` the cap (row 6d)."""
    return (
        leg(book_id, T.USED, T.LIMIT, min(amount, above), frm=group),
        leg(book_id, T.USED, T.CAP, max(amount - above, 0), frm=group, to=group),
    )


def voucher_issued(
    book_id: int, *, application: object, voucher: object, amount: int
) -> tuple[Leg, ...]:
    """Row 6b: the reservation becomes a commitment."""
    return (leg(book_id, T.RESV, T.VCH, amount, frm=application, to=voucher),)


def vouchers_issued(
    book_id: int, *, call: object, issued: Iterable[tuple[object, object, int]]
) -> tuple[Leg, ...]:
    """Row 6b': many vouchers at once, signed when they are awarded; voucher, group, cents."""
    return tuple(
        one
        for voucher, group, amount in issued
        for one in (
            leg(book_id, T.CALL, T.VCH, amount, frm=call, to=voucher),
            leg(book_id, T.CAP, T.USED, amount, frm=group, to=group),
        )
    )


def advance_ordered(
    book_id: int, *, voucher: object, payee: object, amount: int
) -> tuple[Leg, ...]:
    """Row 7a: part of the voucher is paid before any claim."""
    return (
        leg(book_id, T.VCH, T.VADV, amount, frm=voucher, to=voucher),
        leg(book_id, T.SADV, T.SPAY, amount, frm=voucher, to=payee),
    )


def advance_cancelled(
    book_id: int, *, voucher: object, payee: object, amount: int
) -> tuple[Leg, ...]:
    """Row 7a': an advance that the bank returned and nobody will send again."""
    return (
        leg(book_id, T.SPAY, T.SADV, amount, frm=payee, to=voucher),
        leg(book_id, T.VADV, T.VCH, amount, frm=voucher, to=voucher),
    )


def advance_returned(book_id: int, *, voucher: object, amount: int) -> tuple[Leg, ...]:
    """Row 8: the SME pays back an unused advance; the voucher can be used again."""
    return (
        leg(book_id, T.BANK, T.SADV, amount, to=voucher),
        leg(book_id, T.VADV, T.VCH, amount, frm=voucher, to=voucher),
    )


def claim_submitted(
    book_id: int, *, voucher: object, claimed: int, advance: int
) -> tuple[Leg, ...]:
    """Row 9. ``advance`` = min(claimed, what is advanced): keep it with the claim."""
    return (
        leg(book_id, T.VADV, T.CLAIM, advance, frm=voucher, to=voucher),
        leg(book_id, T.VCH, T.CLAIM, claimed - advance, frm=voucher, to=voucher),
    )


def claim_refused(book_id: int, *, voucher: object, claimed: int, advance: int) -> tuple[Leg, ...]:
    """Row 12: returned, rejected or withdrawn; the mirror of row 9."""
    return (
        leg(book_id, T.CLAIM, T.VADV, advance, frm=voucher, to=voucher),
        leg(book_id, T.CLAIM, T.VCH, claimed - advance, frm=voucher, to=voucher),
    )


def claim_certified(
    book_id: int, *, voucher: object, payee: object, claimed: int, accepted: int, advance: int
) -> tuple[Leg, ...]:
    """Row 10a: ``accepted`` ≤ ``claimed``; the advance is used first, the rest goes back."""
    if not 0 <= accepted <= claimed or not 0 <= advance <= claimed:
        raise ValueError(f"claimed {claimed}, accepted {accepted}, advance {advance}")
    cleared = min(accepted, advance)
    rest = claimed - accepted
    return (
        leg(book_id, T.CLAIM, T.SACC, accepted, frm=voucher),
        leg(book_id, T.SEXP, T.SPAY, accepted, to=payee),
        leg(book_id, T.SPAY, T.SADV, cleared, frm=payee, to=voucher),
        leg(book_id, T.CLAIM, T.VADV, advance - cleared, frm=voucher, to=voucher),
        leg(book_id, T.CLAIM, T.VCH, rest - (advance - cleared), frm=voucher, to=voucher),
    )


def payment_executed(book_id: int, *, payee: object, amount: int) -> tuple[Leg, ...]:
    """Rows 7b and 10b: the bank has paid an SME or a provider."""
    return (leg(book_id, T.SPAY, T.BANK, amount, frm=payee),)


def payment_returned(book_id: int, *, payee: object, amount: int) -> tuple[Leg, ...]:
    """Row 10c: the bank has sent it back; it is owed again."""
    return (leg(book_id, T.BANK, T.SPAY, amount, to=payee),)


def voucher_ended(
    book_id: int,
    *,
    voucher: object,
    group: object,
    payee: object,
    rest: int,
    advance: int,
    call: object | None,
    above: int = 0,
) -> tuple[Leg, ...]:
    """Row 13: the ``rest`` of an expired or cancelled voucher goes back to its SME call.

    To the pool when ``call`` is None (that call is done). An advance still out becomes
    recoverable; its head-room comes back with the cash (row 14).
    """
    target, key = (T.POOL, "") if call is None else (T.CALL, call)
    return (
        leg(book_id, T.VCH, target, rest, frm=voucher, to=key),
        *_given_back(book_id, group=group, amount=rest, above=above),
        leg(book_id, T.VADV, target, advance, frm=voucher, to=key),
        leg(book_id, T.SREC, T.SADV, advance, frm=payee, to=voucher),
    )


def recovery_paid(
    book_id: int, *, payee: object, group: object, amount: int, above: int = 0
) -> tuple[Leg, ...]:
    """Row 14: the SME pays back; its head-room comes back with the cash."""
    return (
        leg(book_id, T.BANK, T.SREC, amount, to=payee),
        *_given_back(book_id, group=group, amount=amount, above=above),
    )


def written_off(
    book_id: int, *, payee: object, group: object, amount: int, above: int = 0
) -> tuple[Leg, ...]:
    """Row 14': given up by two persons; a loss on own funds, never on the grant."""
    return (
        leg(book_id, T.LOSS, T.SREC, amount, to=payee),
        *_given_back(book_id, group=group, amount=amount, above=above),
    )


def clawed_back(book_id: int, *, payee: object, amount: int, settled: bool) -> tuple[Leg, ...]:
    """Row 15: paid support found ineligible. ``settled``: the grant has been settled."""
    return (
        leg(book_id, T.SACC, T.LAPSED if settled else T.POOL, amount),
        leg(book_id, T.SREC, T.SEXP, amount, frm=payee),
    )


def coordination_accepted(
    book_id: int, *, partner: object, claimed: int, accepted: int, passed_on: int
) -> tuple[Leg, ...]:
    """Row 16b. ``passed_on`` = balance of ``P.PADV[partner]``: cleared first."""
    if not 0 <= accepted <= claimed:
        raise ValueError(f"claimed {claimed}, accepted {accepted}")
    return (
        leg(book_id, T.CCLAIM, T.CACC, accepted),
        leg(book_id, T.CEXP, T.PPAY, accepted, to=partner),
        leg(book_id, T.PPAY, T.PADV, min(accepted, passed_on), frm=partner, to=partner),
        leg(book_id, T.CCLAIM, T.COORD, claimed - accepted),
    )


def coordination_clawed_back(
    book_id: int, *, partner: object, amount: int, settled: bool
) -> tuple[Leg, ...]:
    """Row 16d: accepted coordination found ineligible, to be paid back by the partner."""
    return (
        leg(book_id, T.CACC, T.LAPSED if settled else T.COORD, amount),
        leg(book_id, T.PREC, T.CEXP, amount, frm=partner),
    )


def interim(book_id: int, *, income: int, cleared: int) -> tuple[Leg, ...]:
    """Row 17: income by the final formula on what is accepted so far.

    ``cleared`` of the prefinancing is set off against it.
    """
    return (
        leg(book_id, T.EUREC, T.INCOME, income),
        leg(book_id, T.PREFIN, T.EUREC, cleared),
    )


def eu_paid(book_id: int, *, amount: int, receivable: int) -> tuple[Leg, ...]:
    """Row 17: what the EU pays above ``P.EUREC`` stays prefinancing."""
    due = min(amount, receivable)
    return (
        leg(book_id, T.BANK, T.EUREC, due),
        leg(book_id, T.BANK, T.PREFIN, amount - due),
    )


def recovery_order_paid(book_id: int, *, amount: int, own_money: int) -> tuple[Leg, ...]:
    """Row 20: own money in first, if the bank does not hold enough."""
    return (
        leg(book_id, T.BANK, T.OWN, own_money),
        leg(book_id, T.EUDUE, T.BANK, amount),
    )
