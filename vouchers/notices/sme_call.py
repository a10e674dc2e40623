"""Letters about an SME call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core.presentation.formats import eur
from vouchers.notices.letter import of_grant, of_sme, write

if TYPE_CHECKING:
    from datetime import datetime

    from vouchers.models import Application, SmeCall


def waits_for_approval(sme_call: SmeCall, *, at: datetime) -> None:
    """Ask the coordinator's signatories to approve."""
    write(
        of_grant(sme_call.grant_id, "LSIGN", at=at),
        subject=_("An SME call waits for approval: %(title)s") % {"title": sme_call.title},
        paragraphs=[
            _("The fund manager has made this SME call ready. Its budget is %(budget)s.")
            % {"budget": eur(sme_call.budget_cents)},
            _("Read its conditions and approve it, or take it back to draft with a word why."),
        ],
        path=f"/sme-calls/{sme_call.pk}/desk/",
        key=f"sme-call-ready:{sme_call.pk}:{at:%Y%m%d%H%M}",
        at=at,
    )


def opened(sme_call: SmeCall, *, at: datetime) -> None:
    """Tell the fund managers that the call takes applications."""
    write(
        of_grant(sme_call.grant_id, "FM", at=at),
        subject=_("%(title)s is open") % {"title": sme_call.title},
        paragraphs=[_("The call takes applications now. Its budget has been set aside.")],
        path=f"/sme-calls/{sme_call.pk}/desk/",
        key=f"sme-call-opened:{sme_call.pk}",
        at=at,
    )


def cancelled(application: Application, *, reason: str, at: datetime) -> None:
    """Tell an applicant that the call ends without an award for them."""
    write(
        of_sme(application.organisation_id, at=at),
        subject=_("%(title)s ends without an award") % {"title": application.sme_call.title},
        paragraphs=[
            _("Your application %(number)s will not be awarded.") % {"number": application},
            reason,
        ],
        path=f"/applications/{application.pk}/",
        key=f"application-ended:{application.pk}",
        at=at,
    )
