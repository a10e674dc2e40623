"""The selection of an SME call: who stands where, and what the rules say about each."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from parties.queries import linked_group
from vouchers import accounts
from vouchers.lifecycle.application_conditions import ENDED_VOUCHERS, PROMISED, cap_used, owes
from vouchers.models import Application, ApplicationScore, SmeCall
from vouchers.rules.selection import Candidate, Limits, Order, Outcome, Why, select

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from uuid import UUID

    from vouchers.models import SmeCriterion

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Line:
    """An application in the line with the verdict of the rules, and the aid it may still get."""

    application: Application
    outcome: Outcome
    aid_left: int | None = None


def scored(sme_call: SmeCall) -> list[Application]:
    """Applications that wait for a decision, with what the selection reads."""
    rows = sme_call.applications.filter(state=Application.State.SCORED)
    return list(rows.select_related("organisation", "service", "sme_call__grant__call"))


def line(sme_call: SmeCall, *, on: date) -> list[Line]:
    """What the rules say about every scored application, in line order."""
    applications = scored(sme_call)
    candidates = _candidates(sme_call, applications, on=on)
    limits = _limits(sme_call, applications, candidates=candidates, on=on)
    by_key = {str(one.pk): one for one in applications}
    outcomes = select(candidates, order=Order(sme_call.order), limits=limits)
    groups = {one.key: one.group for one in candidates}
    return [
        Line(by_key[one.key], one, limits.aid_by_group.get(groups[one.key])) for one in outcomes
    ]


def group_key(application: Application, *, on: date) -> str:
    """One name for an SME and its linked enterprises."""
    return str(min(linked_group(application.organisation_id, on_date=on)))


def _candidates(
    sme_call: SmeCall, applications: Sequence[Application], *, on: date
) -> list[Candidate]:
    criteria = list(sme_call.criteria.order_by("tie_rank", "position"))
    marks = _mean_marks(applications)
    return [
        _candidate(one, criteria=criteria, marks=marks.get(one.pk, {}), on=on)
        for one in applications
    ]


def _candidate(
    one: Application,
    *,
    criteria: Sequence[SmeCriterion],
    marks: Mapping[UUID, Decimal],
    on: date,
) -> Candidate:
    assert one.total is not None, "a scored application has a total"
    assert one.submitted_at is not None, "a scored application was sent"
    assert one.value_cents is not None, "a scored application asks for an amount"
    ties = tuple(marks.get(c.pk, ZERO) for c in criteria if c.tie_rank is not None)
    return Candidate(
        key=str(one.pk),
        total=one.total,
        submitted_at=one.submitted_at,
        amount_cents=one.value_cents,
        country=one.organisation.country,
        group=group_key(one, on=on),
        ties=ties,
        counts_as_service=one.service is None or one.service.counts,
        barred=Why.DEBT if owes(one, on=on) else None,
        passes_criteria=all(marks.get(c.pk, ZERO) >= c.threshold for c in criteria),
    )


def _mean_marks(applications: Sequence[Application]) -> dict[UUID, dict[UUID, Decimal]]:
    """Mean mark by application and criterion over the reports that were handed in."""
    rows = ApplicationScore.objects.filter(
        review__application__in=applications, review__submitted_at__isnull=False
    ).values_list("review__application", "criterion", "points")
    sums: dict[UUID, dict[UUID, list[Decimal]]] = {}
    for application_id, criterion_id, points in rows:
        sums.setdefault(application_id, {}).setdefault(criterion_id, []).append(points)
    return {
        application_id: {
            criterion_id: sum(points, ZERO) / len(points)
            for criterion_id, points in by_criterion.items()
        }
        for application_id, by_criterion in sums.items()
    }


def _limits(
    sme_call: SmeCall,
    applications: Sequence[Application],
    *,
    candidates: Sequence[Candidate],
    on: date,
) -> Limits:
    groups = {one.group: by for one, by in zip(candidates, applications, strict=True)}
    promised = Application.objects.filter(
        sme_call__grant=sme_call.grant_id, state__in=PROMISED
    ).exclude(voucher__state__in=ENDED_VOUCHERS)
    here = promised.filter(sme_call=sme_call).values_list("organisation__country", flat=True)
    counted = promised.filter(service__counts=True).values_list("organisation", flat=True)
    services = Counter(str(key) for key in counted)
    return Limits(
        budget_cents=accounts.left(accounts.call_budget(sme_call)),
        cap_cents=sme_call.grant.call.sme_max_cents,
        score_min=sme_call.score_min,
        service_max=sme_call.service_max,
        country_max=dict(sme_call.country_maxima.values_list("country", "places")),
        used_by_group={key: cap_used(one, on=on) for key, one in groups.items()},
        services_by_group={
            key: sum(services[str(member)] for member in _members(one, on=on))
            for key, one in groups.items()
        },
        awards_by_country=Counter(here),
        aid_by_group=_aid_left(sme_call, groups, on=on),
    )


def _aid_left(sme_call: SmeCall, groups: Mapping[str, Application], *, on: date) -> dict[str, int]:
    if not sme_call.is_aid:
        return {}
    return {key: accounts.aid_left(one, on=on).left for key, one in groups.items()}


def _members(one: Application, *, on: date) -> frozenset[UUID]:
    return linked_group(one.organisation_id, on_date=on)
