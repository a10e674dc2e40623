"""What a grant would come to if it closed today, read from the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grants.models import Payment
from grants.rules.settlement import Outcome, Share, outcome
from ledger import api as ledger

if TYPE_CHECKING:
    from grants.models import Grant

FROM_THE_EU = (Payment.Kind.PREFINANCING, Payment.Kind.INTERIM, Payment.Kind.BALANCE)


def received(grant: Grant) -> int:
    """Cents that the bank has executed from the granting authority."""
    rows = grant.payments.filter(
        kind__in=FROM_THE_EU, state__in=(Payment.State.EXECUTED, Payment.State.RECOVERED)
    )
    return sum(rows.values_list("amount_cents", flat=True))


def if_closed_today(grant: Grant) -> Outcome:
    """The final grant with its cut, on what is accepted now."""
    assert grant.book is not None, "only a signed grant has figures"
    held = ledger.balances(grant.book)
    return settled_on(grant, ledger.Split(held["B.SACC"], held["B.CACC"]))


def settled_on(grant: Grant, accepted: ledger.Split) -> Outcome:
    """The final grant with its cut, on these accepted amounts."""
    return outcome(
        accepted.sme,
        coordination_cents=accepted.coordination,
        grant_max_cents=grant.grant_max_cents - grant.reduction_cents,
        received_cents=received(grant),
        share=Share(grant.share_n, grant.share_d),
    )
