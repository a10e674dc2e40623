"""What the pages show of the evaluators' reports on applications."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from core.presentation.parts import Due
from core.presentation.tables import Column, Table
from vouchers.models import ApplicationReview

if TYPE_CHECKING:
    from core.models import Person
    from vouchers.models import Application


def review_table(one: Application) -> Table:
    """The evaluators of an application and what they gave."""
    rows = [
        (
            review.evaluator.full_name,
            _review_words(review),
            "–" if review.total is None else f"{review.total.normalize():f}",
            review.comment,
        )
        for review in one.reviews.select_related("evaluator").order_by("assigned_at", "pk")
    ]
    columns = [
        Column(_("Evaluator"), "head"),
        Column(_("Report")),
        Column(_("Total"), "num"),
        Column(_("Comment")),
    ]
    return Table(_("Reports"), columns, rows, none=_("Nobody was asked yet."), top=True)


def _review_words(review: ApplicationReview) -> str:
    if review.declined_at:
        return _("Declined: %(reason)s") % {"reason": review.declined_reason}
    return _("Handed in") if review.submitted_at else _("Being written")


def reviews_of(person: Person) -> list[Due]:
    """Reports that the person was asked for, those to write first."""
    rows = (
        ApplicationReview.objects.filter(evaluator=person, declined_at__isnull=True)
        .select_related("application__sme_call", "application__organisation")
        .order_by("submitted_at", "assigned_at", "pk")[:100]
    )
    return [
        Due(
            title=review.application.number,
            url=reverse("vouchers:application_review", args=[review.application_id]),
            why=f"{review.application.sme_call.title} · {review.application.organisation}",
            note=_("Handed in") if review.submitted_at else _("To write"),
            tone="" if review.submitted_at else "soon",
        )
        for review in rows
    ]
