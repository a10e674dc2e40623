"""Opening and closing: books, accounts, and the head-room of one SME group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import DomainError
from ledger.models import Account, Book
from ledger.rules import chain
from ledger.rules.chart import CHART, SINGLE, AccountType, code_of
from ledger.rules.legs import AccountRef

if TYPE_CHECKING:
    from collections.abc import Iterable


@transaction.atomic
def open_book(*, code: str, share_n: int = 3, share_d: int = 4) -> Book:
    """A new book with one account of every type that a book has once.

    ``share_n`` of every ``share_d`` cents of its grant must go to SMEs.
    Raises ``DomainError`` when the code is taken.
    """
    if Book.objects.filter(code=code).exists():
        raise DomainError(_("There is a book with the code %(code)s.") % {"code": code})
    book = Book.objects.create(code=code, share_n=share_n, share_d=share_d)
    open_accounts(AccountRef(book.pk, kind) for kind in SINGLE)
    return book


def open_accounts(refs: Iterable[AccountRef]) -> None:
    """Open what does not exist yet, in one order everywhere, so that two never wait in a ring."""
    wanted = sorted(set(refs))
    codes = Book.objects.in_bulk({ref.book_id for ref in wanted})
    Account.objects.bulk_create(
        [_new_account(codes[ref.book_id], ref=ref) for ref in wanted], ignore_conflicts=True
    )


def _new_account(book: Book, *, ref: AccountRef) -> Account:
    spec = CHART[AccountType(ref.type)]
    code = code_of(book.code, ref.type, ref.key)
    head = chain.genesis(code, ref.type, normal=spec.normal, floor=spec.floor, book_code=book.code)
    return Account(
        book=book,
        code=code,
        type=ref.type,
        key=ref.key,
        normal=spec.normal,
        min_balance=spec.floor,
        head=head,
    )


@transaction.atomic
def close(refs: Iterable[AccountRef]) -> None:
    """Close accounts for good: a redeemed voucher's. Missing ones are left out.

    Raises ``DomainError`` when one still holds something.
    """
    for ref in sorted(set(refs)):
        account = (
            Account.objects.select_for_update(no_key=True)
            .filter(book_id=ref.book_id, type=ref.type, key=ref.key, closed=False)
            .first()
        )
        if account is None:
            continue
        if account.balance:
            raise DomainError(
                _("The %(account)s is not empty yet, so it can’t be closed.")
                % {"account": account.get_type_display()}
            )
        Account.objects.filter(pk=account.pk).update(closed=True)
