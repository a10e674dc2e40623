"""Evaluators of an SME call: asked, declined, marks handed in, a third one when two differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import DomainError, NotAllowed, Refused
from core.gate import fire
from core.locks import locked
from core.models import Person
from parties.models import ExpertProfile, Membership
from parties.queries import tied
from parties.rules.days import day_of
from vouchers.actions.turns import told
from vouchers.lifecycle.application import ApplicationLifecycle
from vouchers.models import Application, ApplicationReview, ApplicationScore, SmeCall
from vouchers.models.choices import Distance
from vouchers.notices import application as notices
from vouchers.permissions import holds, is_own
from vouchers.rules.selection import mean_or_third

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime
    from decimal import Decimal
    from uuid import UUID

    from vouchers.models import SmeCriterion

REGION_SIGNS = 4
TWO, THREE = 2, 3


@transaction.atomic
def ask(
    application_id: UUID, *, evaluator: Person, actor: Person, at: datetime
) -> ApplicationReview:
    """Ask a person for a report. Two are asked; a third only when two differ too much.

    Refused for people of the applicant or its group, and for the wrong country or region where
    the call sets a distance.
    """
    application = locked(Application, application_id)
    may = holds(actor, application.sme_call.grant_id, "FM", on=day_of(at))
    if not may or is_own(application, actor, on=day_of(at)):
        raise NotAllowed(f"{actor} may not assign evaluators to {application}")
    _check_stage(application)
    _check_number(application)
    _check_distance(application, evaluator, on=day_of(at))
    if application.reviews.filter(evaluator=evaluator).exists():
        raise Refused(_("%(person)s was asked already.") % {"person": evaluator})
    review = ApplicationReview.objects.create(
        application=application, evaluator=evaluator, assigned_by=actor, assigned_at=at
    )
    notices.review_asked(review, at=at)
    told(application, "ask_evaluator", actor=actor, at=at)
    return review


def _check_stage(application: Application) -> None:
    if application.state != Application.State.ELIGIBLE:
        raise Refused(_("Evaluators are asked once the application was found eligible."))
    sme_call = application.sme_call
    is_early = sme_call.state != SmeCall.State.EVALUATING
    if sme_call.order == SmeCall.Order.RANKED and is_early:
        raise Refused(_("Evaluators of a ranked call are asked when its evaluation has begun."))


def _check_number(application: Application) -> None:
    asked = list(application.reviews.filter(declined_at__isnull=True))
    totals = [one.total for one in asked if one.submitted_at and one.total is not None]
    delta = application.sme_call.score_delta
    needs_third = len(totals) == TWO and mean_or_third(totals, delta=delta) is None
    if len(asked) >= (THREE if needs_third else TWO):
        raise Refused(_("Enough evaluators were asked. A third comes only when two differ."))


def _check_distance(application: Application, evaluator: Person, *, on: date) -> None:
    group = tied(application.organisation_id, on_date=on)
    members = Membership.objects.live(on_date=on).filter(person=evaluator)
    profile = ExpertProfile.objects.filter(person=evaluator).select_related("employer").first()
    employer = profile.employer_id if profile else None
    if members.filter(organisation__in=group).exists() or employer in group:
        raise Refused(
            _("%(person)s belongs to the applicant or to a firm tied to it.")
            % {"person": evaluator}
        )
    distance = application.sme_call.distance
    if distance == Distance.ANYWHERE:
        return
    if profile is None:
        raise Refused(
            _("%(person)s has no expert profile, so the country is not known.")
            % {"person": evaluator}
        )
    if _is_too_near(application, profile):
        raise Refused(
            _("The call asks for evaluators from further away than %(person)s.")
            % {"person": evaluator}
        )


def _is_too_near(application: Application, profile: ExpertProfile) -> bool:
    firm = application.organisation
    if profile.country != firm.country:
        return False
    if application.sme_call.distance == Distance.OTHER_COUNTRY:
        return True
    region = profile.employer.nuts if profile.employer else ""
    return not region or not firm.nuts or region[:REGION_SIGNS] == firm.nuts[:REGION_SIGNS]


def own_review(application_id: UUID, *, actor: Person) -> ApplicationReview:
    """The person's own report that is still to be written."""
    review = ApplicationReview.objects.filter(
        application=application_id, evaluator=actor, declined_at__isnull=True
    ).first()
    if review is None:
        raise NotAllowed(f"{actor} does not evaluate {application_id}")
    return review


@transaction.atomic
def decline(application_id: UUID, *, reason: str, actor: Person, at: datetime) -> ApplicationReview:
    """Decline, as a rule for a conflict of interest; somebody else is asked then."""
    application = locked(Application, application_id)
    review = own_review(application_id, actor=actor)
    if review.submitted_at is not None:
        raise Refused(_("You have handed in your report already."))
    if not reason.strip():
        raise DomainError(_("Write why you decline."), field="reason")
    review.declined_at, review.declined_reason = at, reason[:300]
    review.save(update_fields=["declined_at", "declined_reason"])
    told(application, "decline_review", actor=actor, at=at)
    return review


@transaction.atomic
def hand_in(
    application_id: UUID,
    *,
    marks: Mapping[UUID, Decimal],
    comment: str,
    has_no_conflict: bool,
    actor: Person,
    at: datetime,
) -> ApplicationReview:
    """Hand in the marks, one for each criterion; fixed from then on.

    When two reports agree within the call's limit, or a third has come, the total is fixed.
    """
    application = locked(Application, application_id)
    review = own_review(application_id, actor=actor)
    if review.submitted_at is not None or application.state != Application.State.ELIGIBLE:
        raise Refused(_("Your report was handed in already, or the marks are fixed."))
    if not has_no_conflict:
        raise DomainError(_("With a conflict of interest, decline."), field="has_no_conflict")
    if not comment.strip():
        raise DomainError(_("Write a comment that explains your marks."), field="comment")
    criteria = list(application.sme_call.criteria.order_by("position"))
    for criterion in criteria:
        _check_mark(criterion, marks.get(criterion.pk))
    ApplicationScore.objects.bulk_create(
        ApplicationScore(review=review, criterion=one, points=marks[one.pk]) for one in criteria
    )
    review.total = sum((marks[one.pk] for one in criteria), start=marks[criteria[0].pk] * 0)
    review.comment, review.has_no_conflict, review.submitted_at = comment, True, at
    review.save(update_fields=["total", "comment", "has_no_conflict", "submitted_at"])
    told(application, "hand_in_review", actor=actor, at=at)
    _fix_total(application, at=at)
    return review


def _check_mark(criterion: SmeCriterion, mark: Decimal | None) -> None:
    field = f"mark_{criterion.position}"
    if mark is None:
        raise DomainError(_("Give a mark for “%(name)s”.") % {"name": criterion.name}, field=field)
    fits = 0 <= mark <= criterion.score_max and mark % criterion.score_step == 0
    if not fits:
        raise DomainError(
            _("“%(name)s” takes marks from 0 to %(most)s in steps of %(step)s.")
            % {
                "name": criterion.name,
                "most": f"{criterion.score_max.normalize():f}",
                "step": f"{criterion.score_step.normalize():f}",
            },
            field=field,
        )


def _fix_total(application: Application, *, at: datetime) -> None:
    rows = application.reviews.filter(submitted_at__isnull=False)
    totals = [one.total for one in rows if one.total is not None]
    total = mean_or_third(totals, delta=application.sme_call.score_delta)
    if total is None:
        return
    application.total = total
    system = Person.objects.system()
    fire(ApplicationLifecycle(application, at=at), "score", actor=system, at=at)
