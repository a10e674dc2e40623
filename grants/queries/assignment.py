"""The assignment desk: who has what, who could be asked, and a proposed assignment."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Count, Prefetch, Q
from django.utils.text import slugify
from django.utils.translation import gettext as _

from grants.models import CallRole, IndividualReport, Proposal
from grants.queries.expert_ties import barred_experts, barred_pairs
from grants.rules.assignment import Lack, Need, Plan, Reader, propose
from parties.models import ExpertProfile

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from uuid import UUID

    from django.db.models import QuerySet

    from core.models import Person
    from grants.models import Call


@dataclass(slots=True)
class Assigned:
    """A proposal at the desk with the reports asked for in its current round."""

    proposal: Proposal
    reports: list[IndividualReport]
    missing: int

    @property
    def counting(self) -> list[IndividualReport]:
        """Reports that are written or awaited."""
        return [r for r in self.reports if r.state not in IndividualReport.OUT]

    @property
    def out(self) -> list[IndividualReport]:
        """Reports that were declined or voided."""
        return [r for r in self.reports if r.state in IndividualReport.OUT]


@dataclass(frozen=True, slots=True)
class Pooled:
    """An expert of the pool with the load in this call."""

    person: Person
    country: str
    employer: str
    load: int
    finished: int
    keywords: list[str]
    is_out: bool


@dataclass(slots=True)
class Proposed:
    """A proposed assignment, ready to be accepted: names instead of keys."""

    pairs: list[tuple[Proposal, Person]] = field(default_factory=list)
    gaps: list[tuple[Proposal, str]] = field(default_factory=list)


def at_desk(call: Call) -> QuerySet[Proposal]:
    """Proposals being evaluated, those that lack experts first."""
    reports = IndividualReport.objects.select_related("expert").order_by("pk")
    return (
        call.proposals.filter(state__in=(Proposal.State.TO_EVALUATE, Proposal.State.EVALUATED))
        .select_related("strand", "call")
        .prefetch_related(Prefetch("reports", reports))
        .annotate(asked=Count("reports", filter=~Q(reports__state__in=IndividualReport.OUT)))
        .order_by("asked", "number")
    )


def assigned(proposals: Iterable[Proposal], call: Call) -> list[Assigned]:
    """Desk rows of a page of proposals (no query of its own)."""
    return [
        Assigned(
            proposal=proposal,
            reports=list(proposal.reports.all()),
            missing=max(call.experts_min - proposal.asked, 0),  # type: ignore[attr-defined]  # annotated by at_desk
        )
        for proposal in proposals
    ]


def profiles(call: Call, *, on: date) -> QuerySet[ExpertProfile]:
    """Experts who can be asked: active, available, without an office in the call."""
    officers = CallRole.objects.on(on).filter(call=call).values("person")
    free = Q(available_until__isnull=True) | Q(available_until__gte=on)
    return (
        ExpertProfile.objects.filter(free, person__is_active=True)
        .exclude(person__in=officers)
        .select_related("person", "employer")
        .prefetch_related("keywords__parent")
        .order_by("person__full_name", "pk")
    )


def pool(call: Call, *, on: date) -> list[Pooled]:
    """All experts with their load; a fixed number of queries."""
    loads, done = _loads(call)
    out = barred_experts(call, on=on)
    return [
        Pooled(
            person=profile.person,
            country=profile.country,
            employer=profile.employer.short_name if profile.employer else "",
            load=loads[profile.person_id],
            finished=done[profile.person_id],
            keywords=[keyword.label for keyword in profile.keywords.all()],
            is_out=profile.person_id in out,
        )
        for profile in profiles(call, on=on)
    ]


def _loads(call: Call) -> tuple[Counter[UUID], Counter[UUID]]:
    rows = IndividualReport.objects.counting().filter(proposal__call=call)
    loads: Counter[UUID] = Counter()
    done: Counter[UUID] = Counter()
    for expert, state, number in rows.values_list("expert", "state").annotate(Count("pk")):
        loads[expert] += number
        done[expert] += number if state == IndividualReport.State.FINISHED else 0
    return loads, done


def proposed_assignment(call: Call, *, on: date) -> Proposed:
    """Who could judge what still lacks experts: no conflict, equal load, expertise first."""
    waiting = {str(p.pk): p for p in at_desk(call) if p.state == Proposal.State.TO_EVALUATE}
    people = list(profiles(call, on=on))
    plan = propose(
        [_need(proposal, call) for proposal in waiting.values()],
        _readers(people, call),
        barred=barred_pairs(call, on=on) | _asked_before(waiting.values()),
        load_max=call.load_max,
    )
    by_pk = {str(profile.person_id): profile.person for profile in people}
    return Proposed(
        pairs=[(waiting[proposal], by_pk[expert]) for proposal, expert in plan.pairs],
        gaps=_gaps(plan, waiting),
    )


def _need(proposal: Proposal, call: Call) -> Need:
    counting = [r for r in proposal.reports.all() if r.state not in IndividualReport.OUT]
    strand = proposal.strand
    names = {slugify(strand.code), slugify(strand.name)} if strand is not None else set()
    return Need(
        ref=str(proposal.pk),
        keywords=frozenset(names),
        count=max(call.experts_min - len(counting), 0),
        has=frozenset(str(report.expert_id) for report in counting),
    )


def _readers(people: Iterable[ExpertProfile], call: Call) -> list[Reader]:
    loads, _done = _loads(call)
    return [
        Reader(
            ref=str(profile.person_id),
            keywords=frozenset(_fields(profile)),
            employer=str(profile.employer_id or ""),
            country=profile.country,
            load=loads[profile.person_id],
        )
        for profile in people
    ]


def _fields(profile: ExpertProfile) -> set[str]:
    """Codes and names of the expert's keywords and of the ecosystems above them."""
    found: set[str] = set()
    for keyword in profile.keywords.all():
        for one in filter(None, (keyword, keyword.parent)):
            found |= {one.code, slugify(one.label)}
    return found


def _asked_before(proposals: Iterable[Proposal]) -> frozenset[tuple[str, str]]:
    """Who declined a proposal or was voided is not asked for it again."""
    return frozenset(
        (str(proposal.pk), str(report.expert_id))
        for proposal in proposals
        for report in proposal.reports.all()
        if report.state in IndividualReport.OUT
    )


def _gaps(plan: Plan, waiting: dict[str, Proposal]) -> list[tuple[Proposal, str]]:
    reasons = {
        Lack.CONFLICTS: _("everybody left has a conflict of interest in this list"),
        Lack.LOAD: _("everybody left has as many proposals as the call allows"),
        Lack.EMPLOYERS: _("everybody left has the same employer as one who was chosen"),
        Lack.EXPERTS: _("there are no more experts in the pool"),
    }
    words = _("%(missing)s missing: %(why)s.")
    return [
        (waiting[ref], words % {"missing": missing, "why": reasons[lack]})
        for ref, (missing, lack) in plan.gaps.items()
    ]


def choices_for(proposal: Proposal, *, on: date) -> list[Pooled]:
    """Experts an officer may pick for this proposal, the least busy first."""
    asked = set(proposal.reports.values_list("expert", flat=True))
    free = [
        one
        for one in pool(proposal.call, on=on)
        if not one.is_out and one.load < proposal.call.load_max and one.person.pk not in asked
    ]
    return sorted(free, key=lambda one: (one.load, one.person.full_name))
