"""The assignment desk: who has what, who could be asked, and a proposed assignment."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Count, OuterRef, Prefetch, Q
from django.utils.text import slugify
from django.utils.translation import gettext as _

from core.history import kept_until_grown
from core.questions import counted
from grants.models import (
    CallRole,
    IndividualReport,
    IndividualReportTransition,
    Proposal,
    ProposalTransition,
)
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
    experts_min: int

    @property
    def missing(self) -> int:
        """How many more experts the call asks for."""
        return max(self.experts_min - len(self.counting), 0)

    @property
    def counting(self) -> list[IndividualReport]:
        """Reports that are written or awaited."""
        return [r for r in self.reports if r.state not in IndividualReport.OUT]

    @property
    def out(self) -> list[IndividualReport]:
        """Reports that were declined or voided."""
        return [r for r in self.reports if r.state in IndividualReport.OUT]


@dataclass(frozen=True, slots=True)
class Asked:
    """Who has been asked: proposals by how many experts they have, experts with their load."""

    proposals: list[UUID]
    loads: Counter[UUID]
    finished: Counter[UUID]


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


@kept_until_grown(IndividualReportTransition, ProposalTransition)
def asked_in(call_id: UUID) -> Asked:
    """Who has been asked in a call (two queries)."""
    counting = IndividualReport.objects.counting()
    of_proposal = counting.filter(proposal=OuterRef("pk"))
    proposals = Proposal.objects.filter(
        call=call_id, state__in=(Proposal.State.TO_EVALUATE, Proposal.State.EVALUATED)
    )
    rows = proposals.annotate(asked=counted(of_proposal)).order_by("asked", "number")
    loads: Counter[UUID] = Counter()
    done: Counter[UUID] = Counter()
    of_call = counting.filter(proposal__call=call_id)
    for expert, state, number in of_call.values_list("expert", "state").annotate(number=Count("*")):
        loads[expert] += number
        done[expert] += number if state == IndividualReport.State.FINISHED else 0
    return Asked(list(rows.values_list("pk", flat=True)), loads, done)


def assigned(page: Iterable[UUID], call: Call) -> list[Assigned]:
    """Desk rows of a page of proposals, in its order (two queries)."""
    reports = IndividualReport.objects.select_related("expert").order_by("pk")
    rows = Proposal.objects.select_related("strand").prefetch_related(Prefetch("reports", reports))
    found = rows.in_bulk(list(page))
    return [Assigned(found[key], list(found[key].reports.all()), call.experts_min) for key in page]


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
    asked, out = asked_in(call.pk), barred_experts(call, on=on)
    return [
        Pooled(
            person=profile.person,
            country=profile.country,
            employer=profile.employer.short_name if profile.employer else "",
            load=asked.loads[profile.person_id],
            finished=asked.finished[profile.person_id],
            keywords=[keyword.label for keyword in profile.keywords.all()],
            is_out=profile.person_id in out,
        )
        for profile in profiles(call, on=on)
    ]


def proposed_assignment(call: Call, *, on: date) -> Proposed:
    """Who could judge what still lacks experts: no conflict, equal load, expertise first."""
    asked, people = asked_in(call.pk), list(profiles(call, on=on))
    rows = assigned(asked.proposals, call)
    lacking = [row for row in rows if row.proposal.state == Proposal.State.TO_EVALUATE]
    waiting = {str(row.proposal.pk): row.proposal for row in lacking}
    plan = propose(
        [_need(row) for row in lacking],
        _readers(people, asked.loads),
        barred=barred_pairs(call, on=on) | _asked_before(lacking),
        load_max=call.load_max,
    )
    by_pk = {str(profile.person_id): profile.person for profile in people}
    return Proposed(
        pairs=[(waiting[proposal], by_pk[expert]) for proposal, expert in plan.pairs],
        gaps=_gaps(plan, waiting),
    )


def _need(row: Assigned) -> Need:
    strand = row.proposal.strand
    names = {slugify(strand.code), slugify(strand.name)} if strand is not None else set()
    return Need(
        ref=str(row.proposal.pk),
        keywords=frozenset(names),
        count=row.missing,
        has=frozenset(str(report.expert_id) for report in row.counting),
    )


def _readers(people: Iterable[ExpertProfile], loads: Counter[UUID]) -> list[Reader]:
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


def _asked_before(rows: Iterable[Assigned]) -> frozenset[tuple[str, str]]:
    """Who declined a proposal or was voided is not asked for it again."""
    return frozenset(
        (str(row.proposal.pk), str(report.expert_id)) for row in rows for report in row.out
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
