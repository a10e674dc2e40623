"""Mails about a proposal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core import mail
from core.models import Person
from core.presentation.formats import eur, when
from parties.models import Membership
from parties.rules.days import day_of

if TYPE_CHECKING:
    from datetime import datetime

    from grants.models import Letter, Partner, Proposal, ProposalVersion


def people_of(partners: list[Partner], *, at: datetime) -> list[Person]:
    """Everybody who may act for one of these partners."""
    acting = Membership.objects.live(on_date=day_of(at)).acting()
    mine = acting.filter(organisation__in=[partner.organisation_id for partner in partners])
    rows = Person.objects.filter(pk__in=mine.values("person"), is_active=True)
    return list(rows.order_by("pk"))


def _coordinators(proposal: Proposal, *, at: datetime) -> list[Person]:
    return people_of(list(proposal.partners.filter(is_coordinator=True)), at=at)


def _deadline(proposal: Proposal) -> str:
    return when(proposal.call.deadline_at, zone=proposal.call.zone_info)


def submitted(version: ProposalVersion, *, at: datetime) -> None:
    """Tell all partners that a version was handed in, with its receipt number and fingerprint."""
    proposal = version.proposal
    mail.send_each(
        people_of(list(proposal.partners.all()), at=at),
        subject=_("%(acronym)s has been submitted, version %(number)d")
        % {"acronym": proposal.acronym, "number": version.number},
        template="mail/grants/proposal_submitted",
        context={
            "proposal": proposal,
            "version": version,
            "submitted": when(version.submitted_at, zone=proposal.call.zone_info),
            "deadline": _deadline(proposal),
        },
        key=f"submitted:{version.pk}",
        at=at,
    )


def partner_added(partner: Partner, *, at: datetime) -> None:
    """Ask the people of a registered organisation to read and confirm their share."""
    mail.send_each(
        people_of([partner], at=at),
        subject=_("%(organisation)s has been added to the proposal %(acronym)s")
        % {"organisation": partner, "acronym": partner.proposal.acronym},
        template="mail/grants/partner_added",
        context={
            "partner": partner,
            "proposal": partner.proposal,
            "deadline": _deadline(partner.proposal),
        },
        key=f"partner-added:{partner.pk}",
        at=at,
    )


def share_confirmed(partner: Partner, *, at: datetime) -> None:
    """Tell the coordinator that a partner has confirmed its share."""
    mail.send_each(
        _coordinators(partner.proposal, at=at),
        subject=_("%(organisation)s has confirmed its share of %(acronym)s")
        % {"organisation": partner, "acronym": partner.proposal.acronym},
        template="mail/grants/share_confirmed",
        context={
            "partner": partner,
            "proposal": partner.proposal,
            "amount": eur(partner.confirmed_cents),
        },
        key=f"share-confirmed:{partner.pk}:{at.isoformat()}",
        at=at,
    )


def letter_sent(letter: Letter, *, at: datetime) -> None:
    """Tell the coordinator that a letter waits; its content is only shown after signing in."""
    mail.send_each(
        _coordinators(letter.proposal, at=at),
        subject=_("A letter about %(acronym)s waits for you")
        % {"acronym": letter.proposal.acronym},
        template="mail/grants/letter_sent",
        context={"proposal": letter.proposal, "call": letter.proposal.call},
        key=f"letter-sent:{letter.pk}",
        at=at,
    )
