"""The buttons that two persons press at once: what each calls, and what the slower one reads."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from grants.actions import eligibility, payment, signature
from vouchers.actions import application, certification, claim

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    Press = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Button:
    """``press`` takes the record's key, ``actor`` and ``at``. ``url`` is where a page posts it."""

    press: Press
    loser_reads: str
    url: str
    fields: tuple[tuple[str, str], ...] = ()
    event: tuple[str, ...] = ()


def _approve_payment(record: UUID, **who: Any) -> Any:
    return payment.approve(payment_id=record, **who)


def _certify_claim(record: UUID, **who: Any) -> Any:
    return certification.certify(claim_id=record, **who)


def _submit_claim(record: UUID, **who: Any) -> Any:
    return claim.submit(claim_id=record, **who)


def _sign(record: UUID, **who: Any) -> Any:
    return signature.sign_for_authority(grant_id=record, **who)


def _accept(record: UUID, **who: Any) -> Any:
    return application.accept(application_id=record, has_no_other_funding=True, **who)


BUTTONS = {
    "approve a payment": Button(
        _approve_payment, "is now: approved", "grants:payment_event", event=("approve",)
    ),
    "certify a claim": Button(
        _certify_claim, "is now: in payment", "vouchers:claim_event", event=("certify",)
    ),
    "hand in a claim": Button(
        _submit_claim, "is now: being checked", "vouchers:claim_event", event=("submit",)
    ),
    "admit a proposal": Button(
        partial(eligibility.decide, verdict="admit", reasons=[], note=""),
        "Somebody has decided it already.",
        "grants:proposal_decide",
        (("verdict", "admit"),),
    ),
    "sign for the authority": Button(
        _sign, "is now: signed", "grants:grant_event", event=("sign_for_authority",)
    ),
    "accept an award": Button(
        _accept,
        "is now: accepted",
        "vouchers:application_accept",
        (("has_no_other_funding", "on"),),
    ),
}
