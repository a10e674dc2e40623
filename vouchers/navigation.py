"""The SME side's links in the header; who sees one depends on roles and memberships."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.navigation import PUBLIC, Item
from grants.models import GrantRole
from grants.models.grant import running
from parties.models import Membership
from vouchers.models import Application, ApplicationReview, Claim, Voucher

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from core.models import Person


def runs_sme_calls(person: Person, on: date) -> QuerySet[GrantRole]:
    """Where the person is a fund manager, finance officer or signatory of a grant on that day."""
    roles = running(GrantRole.objects.all(), on=on)
    return roles.filter(person=person, role__in=["FM", "FO", "LSIGN"])


def acts_for_sme(person: Person, on: date) -> QuerySet[Membership]:
    """Where the person belongs to an SME, or to an organisation that has applied once."""
    applied = Q(organisation__in=Application.objects.values("organisation"))
    return memberships(person, on).filter(Q(organisation__kind="sme") | applied)


def has_vouchers(person: Person, on: date) -> QuerySet[Voucher]:
    """Vouchers that the person's organisations hold."""
    return Voucher.objects.filter(organisation__in=memberships(person, on).values("organisation"))


def has_claims(person: Person, on: date) -> QuerySet[Claim]:
    """Claims of the person's organisations, or handed in to the person's grants."""
    return Claim.objects.visible_to(person, on=on)


def evaluates_for_smes(person: Person, _on: date) -> QuerySet[ApplicationReview]:
    """Applications that the person was asked to evaluate."""
    return ApplicationReview.objects.filter(evaluator=person, declined_at__isnull=True)


def reports_to_write(person: Person, on: date) -> QuerySet[ApplicationReview]:
    """Reports on applications that the person still owes."""
    mine = evaluates_for_smes(person, on).filter(submitted_at__isnull=True)
    return mine.filter(application__state="eligible")


def memberships(person: Person, on: date) -> QuerySet[Membership]:
    """The person's memberships on that day."""
    return Membership.objects.live(on_date=on).filter(person=person)


ITEMS = [
    Item(_("SME calls"), "vouchers:sme_call_list", order=25, place=PUBLIC),
    Item(_("Verify a voucher"), "vouchers:voucher_verify", order=45, place=PUBLIC),
    Item(_("SME calls"), "vouchers:sme_call_list", order=25, who=acts_for_sme),
    Item(_("Applications"), "vouchers:application_list", order=26, who=acts_for_sme),
    Item(_("My vouchers"), "vouchers:voucher_mine", order=27, who=has_vouchers),
    Item(_("Claims"), "vouchers:claim_desk", order=28, who=has_claims, under="/claims/"),
    Item(_("Our SME calls"), "vouchers:sme_call_desk", order=30, who=runs_sme_calls),
    Item(_("Vouchers"), "vouchers:voucher_desk", order=31, who=runs_sme_calls),
    Item(
        _("SME reports"),
        "vouchers:review_list",
        order=32,
        who=evaluates_for_smes,
        count=reports_to_write,
    ),
]
