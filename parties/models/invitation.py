from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.constraints import choices_check
from core.models import Record, TransitionBase
from parties.models.membership import Membership
from parties.models.organisation import Organisation


class InvitationPurpose(models.TextChoices):
    JOIN_ORGANISATION = "join_organisation", _("Act for an organisation")
    JOIN_PROPOSAL = "join_proposal", _("Take part in a proposal")
    BE_EXPERT = "be_expert", _("Evaluate proposals")


class InvitationState(models.TextChoices):
    SENT = "sent", _("Sent")
    ACCEPTED = "accepted", _("Accepted")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    EXPIRED = "expired", _("Expired")


class Invitation(Record):
    """A mail that lets one address do one thing once. The token itself is never stored."""

    Purpose = InvitationPurpose

    State = InvitationState

    email = models.EmailField(_("email"))
    purpose = models.CharField(_("purpose"), max_length=20, choices=Purpose.choices)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="invitations", null=True, blank=True
    )
    function = models.CharField(
        _("function"), max_length=20, choices=Membership.Function.choices, blank=True
    )
    about = models.CharField(_("what the invitation is to"), max_length=300)
    token_hash = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.SENT)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(_("invited at"))
    expires_at = models.DateTimeField(_("valid until"))
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints: ClassVar = [
            choices_check("purpose", InvitationPurpose, name="parties_invitation_purpose"),
            choices_check("state", InvitationState, name="parties_invitation_state"),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("invited_at")), name="parties_invitation_expires_later"
            ),
            models.CheckConstraint(
                condition=Q(state="accepted", accepted_by__isnull=False, accepted_at__isnull=False)
                | (~Q(state="accepted") & Q(accepted_by__isnull=True, accepted_at__isnull=True)),
                name="parties_invitation_accepted_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(purpose="join_organisation")
                | (Q(organisation__isnull=False) & ~Q(function="")),
                name="parties_invitation_to_an_organisation",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.pk}"


class InvitationTransition(TransitionBase):
    """Who moved an invitation, when, from where to where, and why."""

    record = models.ForeignKey(Invitation, models.PROTECT, related_name="transitions")
