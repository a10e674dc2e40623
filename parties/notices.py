"""Mails about organisations, their people and their bank accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _

from core import mail
from core.models import Person
from parties import queries
from parties.rules.days import day_of

if TYPE_CHECKING:
    from datetime import datetime

    from parties.models import BankAccount, Invitation, Membership, OrganisationLink


def invited(invitation: Invitation, *, token: str, at: datetime) -> None:
    """The only place where the token is ever written: the mail to the invited address."""
    known = Person.objects.filter(email__iexact=invitation.email, is_active=True).first()
    mail.send(
        known or invitation.email,
        subject=_("You are invited: %(about)s") % {"about": invitation.about},
        template="mail/parties/invited",
        context={"invitation": invitation, "path": f"/invitations/{token}/"},
        key=f"invitation:{invitation.pk}",
        at=at,
    )


def accepted(invitation: Invitation, *, at: datetime) -> None:
    """Tell whoever invited."""
    mail.send(
        invitation.invited_by,
        subject=_("%(person)s accepted your invitation") % {"person": invitation.accepted_by},
        template="mail/parties/accepted",
        context={"invitation": invitation},
        key=f"invitation-accepted:{invitation.pk}",
        at=at,
    )


def membership_revoked(membership: Membership, *, at: datetime) -> None:
    """Tell the person that they no longer act for the organisation."""
    mail.send(
        membership.person,
        subject=_("You no longer act for %(organisation)s")
        % {"organisation": membership.organisation},
        template="mail/parties/membership_revoked",
        context={"membership": membership},
        key=f"membership-revoked:{membership.pk}",
        at=at,
    )


def account_moved(account: BankAccount, *, event: str, at: datetime, reason: str = "") -> None:
    """Tell all who handle the organisation's money, the old contacts included, of every step."""
    subjects = {
        "propose": _("%(organisation)s: a bank account was proposed"),
        "validate": _("%(organisation)s: the bank account was validated"),
        "refuse": _("%(organisation)s: the bank account was refused"),
        "withdraw": _("%(organisation)s: the proposed bank account was withdrawn"),
        "block": _("%(organisation)s: payments to the bank account were stopped"),
    }
    day = day_of(at)
    mail.send_each(
        queries.money_handlers(account.organisation_id, on_date=day),
        subject=subjects[event] % {"organisation": account.organisation},
        template="mail/parties/account_moved",
        context={"account": account, "event": event, "reason": reason, "at": at},
        key=f"bank-account:{account.pk}:{event}",
        at=at,
    )


def link_changed(link: OrganisationLink, *, at: datetime) -> None:
    """Tell both sides that a tie was declared or ended."""
    day = day_of(at)
    ended = "ended" if link.end_date else "declared"
    for organisation in (link.parent, link.child):
        mail.send_each(
            queries.runners(organisation.pk, on_date=day),
            subject=_("%(parent)s and %(child)s: a tie was declared or ended")
            % {"parent": link.parent, "child": link.child},
            template="mail/parties/link_changed",
            context={"link": link, "organisation": organisation},
            key=f"link:{link.pk}:{ended}",
            at=at,
        )


def account_message(
    email: str, *, subject: str, name: str, context: dict[str, object], key: str, at: datetime
) -> None:
    """A mail about signing in; the address may have no account, the work is the same."""
    known = Person.objects.filter(email__iexact=email, is_active=True).first()
    mail.send(
        known or email,
        subject=subject,
        template=f"mail/parties/account/{name}",
        context={"email": email, "site_url": settings.SITE_URL} | context,
        key=key,
        at=at,
    )
