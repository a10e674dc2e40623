"""Letters to applicants: received, refused, decided, lapsed; and to the desk they wait for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core.presentation.formats import eur, when
from vouchers.notices.letter import of_grant, of_sme, write

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from vouchers.models import Application, ApplicationReview


def _to_sme(
    application: Application, *, subject: str, paragraphs: Sequence[str], key: str, at: datetime
) -> None:
    write(
        of_sme(application.organisation_id, at=at),
        subject=subject,
        paragraphs=paragraphs,
        path=f"/applications/{application.pk}/",
        key=f"{key}:{application.pk}",
        at=at,
    )


def submitted(application: Application, *, at: datetime) -> None:
    """Confirm the receipt to the SME and tell the fund managers."""
    title = application.sme_call.title
    _to_sme(
        application,
        subject=_("We have your application %(number)s") % {"number": application.number},
        paragraphs=[
            _("It was received on %(at)s for “%(title)s”.") % {"at": when(at), "title": title},
            _("You can withdraw it on its page until the support has been accepted."),
        ],
        key="application-submitted",
        at=at,
    )
    write(
        of_grant(application.sme_call.grant_id, "FM", at=at),
        subject=_("New application %(number)s") % {"number": application.number},
        paragraphs=[
            _("%(sme)s applies to “%(title)s” for %(value)s.")
            % {
                "sme": application.organisation.legal_name,
                "title": title,
                "value": eur(application.value_cents),
            }
        ],
        path=f"/applications/{application.pk}/",
        key=f"application-arrived:{application.pk}",
        at=at,
    )


def review_asked(review: ApplicationReview, *, at: datetime) -> None:
    """Ask an evaluator for a report."""
    application = review.application
    write(
        [review.evaluator],
        subject=_("Please read application %(number)s") % {"number": application.number},
        paragraphs=[
            _("You were asked to evaluate an application to “%(title)s”.")
            % {"title": application.sme_call.title},
            _("Say first whether you have a conflict of interest."),
        ],
        path=f"/applications/{application.pk}/review/",
        key=f"application-review:{review.pk}",
        at=at,
    )


def refused(application: Application, *, reason: str, at: datetime) -> None:
    """Tell the SME that it is not eligible, and why."""
    _to_sme(
        application,
        subject=_("Application %(number)s is not eligible") % {"number": application.number},
        paragraphs=[_("Two persons have checked your application. The reason is:"), reason],
        key="application-refused",
        at=at,
    )


def awarded(application: Application, *, at: datetime) -> None:
    """Tell the SME what it gets and until when it has to accept."""
    assert application.accept_until is not None, "an award has a last day"
    _to_sme(
        application,
        subject=_("Application %(number)s: you can have %(value)s")
        % {"number": application.number, "value": eur(application.value_cents)},
        paragraphs=[
            _("Accept the award by %(until)s; after that it goes to the next in line.")
            % {"until": when(application.accept_until)},
            _("You will be asked to declare other funding again, then to sign the voucher."),
        ],
        key="application-awarded",
        at=at,
    )


def waiting(application: Application, *, reason: str, at: datetime) -> None:
    """Tell the SME its place on the waiting list."""
    _to_sme(
        application,
        subject=_("Application %(number)s is on the waiting list") % {"number": application.number},
        paragraphs=[reason, _("If money comes free, the next in line is asked, in this order.")],
        key="application-waiting",
        at=at,
    )


def rejected(application: Application, *, reason: str, at: datetime) -> None:
    """Tell the SME that there is no award, and why."""
    _to_sme(
        application,
        subject=_("Application %(number)s was not selected") % {"number": application.number},
        paragraphs=[reason],
        key="application-rejected",
        at=at,
    )


def lapsed(application: Application, *, at: datetime) -> None:
    """Tell the SME that its award is gone."""
    _to_sme(
        application,
        subject=_("The award for application %(number)s has lapsed")
        % {"number": application.number},
        paragraphs=[_("It was not accepted in time, so the money goes to the next in line.")],
        key="application-lapsed",
        at=at,
    )
