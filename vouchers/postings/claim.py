"""A claim in the ledger, by the rows of docs/ledger-postings.md. Cents throughout."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid5

from ledger.api import AccountType, Kind, LedgerEvent, leg, legs
from vouchers import accounts

if TYPE_CHECKING:
    from datetime import date

    from core.models import Document, Person
    from vouchers.models import Claim, Recovery

SETTLED_GRANTS = frozenset({"final_accepted", "balance_paid", "in_recovery", "closed"})


def submitted(claim: Claim, *, occurrence: int, document: Document, on: date) -> LedgerEvent:
    """9: the amount moves from the voucher (and what was advanced on it) to the claim."""
    return LedgerEvent(
        idem=uuid5(claim.pk, f"submitted:{occurrence}"),
        kind=Kind.CLAIM_SUBMITTED,
        document=document,
        effective_on=on,
        legs=legs.claim_submitted(
            _book(claim),
            voucher=claim.voucher_id,
            claimed=claim.amount_cents,
            advance=claim.advance_cents,
        ),
    )


def refused(claim: Claim, *, occurrence: int, document: Document, on: date) -> LedgerEvent:
    """12: returned, rejected or withdrawn: everything goes back to where it came from."""
    return LedgerEvent(
        idem=uuid5(claim.pk, f"refused:{occurrence}"),
        kind=Kind.CLAIM_REFUSED,
        document=document,
        effective_on=on,
        legs=legs.claim_refused(
            _book(claim),
            voucher=claim.voucher_id,
            claimed=claim.amount_cents,
            advance=claim.advance_cents,
        ),
    )


def certified(claim: Claim, *, document: Document, on: date) -> LedgerEvent:
    """10a: what is accepted becomes SME support and is owed; the rest returns to the voucher."""
    return LedgerEvent(
        idem=uuid5(claim.pk, "certified"),
        kind=Kind.CLAIM_CERTIFIED,
        document=document,
        effective_on=on,
        legs=legs.claim_certified(
            _book(claim),
            voucher=claim.voucher_id,
            payee=claim.payee.pk,
            claimed=claim.amount_cents,
            accepted=claim.accepted_cents or 0,
            advance=claim.advance_cents,
        ),
    )


def executed(claim: Claim, *, document: Document, on: date, approver: Person) -> LedgerEvent:
    """10b: the bank has paid what was owed."""
    assert claim.payment is not None
    return LedgerEvent(
        idem=uuid5(claim.payment.pk, "executed"),
        kind=Kind.PAYMENT_EXECUTED,
        document=document,
        effective_on=on,
        legs=[
            leg(
                _book(claim),
                AccountType.SPAY,
                AccountType.BANK,
                claim.payment.amount_cents,
                frm=claim.payee.pk,
            )
        ],
        approver=approver,
    )


def own_money(claim: Claim, *, cents: int, document: Document, on: date) -> LedgerEvent:
    """4b: the organisation that pays has put in what the action's cash was short of."""
    assert claim.payment is not None
    return LedgerEvent(
        idem=uuid5(claim.payment.pk, "own money"),
        kind=Kind.OWN_MONEY_IN,
        document=document,
        effective_on=on,
        legs=[leg(_book(claim), AccountType.BANK, AccountType.OWN, cents)],
    )


def clawed_back(recovery: Recovery, *, document: Document, on: date) -> LedgerEvent:
    """15: what was paid is no support after all; the pool has it again, the payee owes it."""
    claim = recovery.claim
    return LedgerEvent(
        idem=uuid5(recovery.pk, "clawed back"),
        kind=Kind.CLAWED_BACK,
        document=document,
        effective_on=on,
        legs=legs.clawed_back(
            _book(claim),
            payee=claim.payee.pk,
            amount=recovery.amount_cents,
            settled=claim.voucher.grant.state in SETTLED_GRANTS,
        ),
    )


def recovered(recovery: Recovery, *, document: Document, on: date) -> LedgerEvent:
    """14: the money is back, and with it the head-room of the SME's group."""
    assert recovery.payment is not None
    claim = recovery.claim
    return LedgerEvent(
        idem=uuid5(recovery.payment.pk, "recovered"),
        kind=Kind.RECOVERY_PAID,
        document=document,
        effective_on=on,
        legs=legs.recovery_paid(
            _book(claim),
            payee=claim.payee.pk,
            group=claim.voucher.application.cap_group_id,
            amount=recovery.payment.amount_cents,
            above=accounts.cap_above(claim.voucher.application),
        ),
    )


def _book(claim: Claim) -> int:
    book_id = claim.voucher.grant.book_id
    assert book_id is not None, "a grant with vouchers has a book"
    return book_id
