"""What people are told about a claim, by mail, once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from core.mail import send_each
from core.presentation.formats import day, eur
from grants.models import GrantRole
from grants.models.grant import running
from parties.rules.days import day_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from core.models import Person
    from vouchers.models import Claim, Recovery


def claim_submitted(claim: Claim, *, at: datetime) -> None:
    """To the fund managers of the partner that runs the SME call."""
    sme_call = claim.voucher.application.sme_call
    roles = GrantRole.objects.filter(
        grant=sme_call.grant, role="FM", organisation=sme_call.organisation
    ).select_related("person")
    news = _("%(sme)s claims %(amount)s on voucher %(voucher)s.") % {
        "sme": claim.voucher.organisation,
        "amount": eur(claim.amount_cents),
        "voucher": claim.voucher.number,
    }
    people = [role.person for role in running(roles, on=day_of(at))]
    _tell(people, claim, subject=_("A claim to check: %(claim)s"), news=news, at=at)


def claim_returned(claim: Claim, *, at: datetime) -> None:
    """To whoever handed it in: what is missing."""
    news = _("Your claim was sent back so that you can add to it. Nothing is lost.")
    _tell(_sme(claim), claim, subject=_("Please add to claim %(claim)s"), news=news, at=at)


def claim_rejected(claim: Claim, *, at: datetime) -> None:
    """To whoever handed it in: why, and that the voucher keeps its value."""
    news = _("Your claim was rejected. The voucher keeps its value until it expires.")
    _tell(_sme(claim), claim, subject=_("Claim %(claim)s was rejected"), news=news, at=at)


def claim_paid(claim: Claim, *, at: datetime) -> None:
    """To whoever handed it in: how much, when."""
    news = _("%(amount)s of your claim was paid on %(day)s.") % {
        "amount": eur(claim.accepted_cents),
        "day": day(claim.paid_on),
    }
    _tell(_sme(claim), claim, subject=_("Claim %(claim)s was paid"), news=news, at=at)


def payment_returned(claim: Claim, *, at: datetime) -> None:
    """To whoever handed it in: the bank sent the money back, check the account."""
    news = _("The bank returned the payment. Check the account your organisation is paid on.")
    subject = _("The payment of claim %(claim)s came back")
    _tell(_sme(claim), claim, subject=subject, news=news, at=at)


def recovery_decided(recovery: Recovery, *, at: datetime) -> None:
    """To whoever handed the claim in: how much is owed back, and why."""
    claim = recovery.claim
    news = _("%(amount)s of this claim must be paid back: %(reason)s") % {
        "amount": eur(recovery.amount_cents),
        "reason": recovery.reason,
    }
    _tell(_sme(claim), claim, subject=_("Repayment of claim %(claim)s"), news=news, at=at)


def _sme(claim: Claim) -> list[Person]:
    return [claim.submitted_by] if claim.submitted_by else []


def _tell(people: Iterable[Person], claim: Claim, *, subject: str, news: str, at: datetime) -> None:
    context = {
        "news": news,
        "note": claim.note,
        "path": reverse("vouchers:claim_detail", args=[claim.pk]),
    }
    send_each(
        people,
        subject=subject % {"claim": claim},
        template="vouchers/mail/claim",
        context=context,
        key=f"claim:{claim.pk}:{at.isoformat()}",
        at=at,
    )
