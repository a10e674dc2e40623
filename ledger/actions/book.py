"""Opening books and closing accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import DomainError
from ledger.models import Account, Book

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ledger.rules.legs import AccountRef


@transaction.atomic
def open_book(*, code: str, share_n: int = 3, share_d: int = 4) -> Book:
    """A new book; the database opens one account of every type that a book has once.

    ``share_n`` of every ``share_d`` cents of its grant must go to SMEs.
    Raises ``DomainError`` when the code is taken.
    """
    if Book.objects.filter(code=code).exists():
        raise DomainError(_("There is a book with the code %(code)s.") % {"code": code})
    return Book.objects.create(code=code, share_n=share_n, share_d=share_d)


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
