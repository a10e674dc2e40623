"""Who gets the support of an SME call: by rank or first come first served.

Sources: docs/domain.md, "How Euroclusters run SME support in practice" and "SME call,
application, voucher". Marks are ``Decimal``; amounts are euro cents.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from vouchers.rules.caps import fits_cap, place_is_free, service_fits

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from decimal import Decimal


class Order(StrEnum):
    """How applications stand in line."""

    FIRST_COME = "first_come"
    RANKED = "ranked"


class Verdict(StrEnum):
    """What the selection says about one application."""

    AWARD = "award"
    WAIT = "wait"
    REJECT = "reject"


class Why(StrEnum):
    """The reason behind a verdict; the pages turn each into a sentence."""

    IN_BUDGET = "in_budget"
    BELOW_THRESHOLD = "below_threshold"
    CAP = "cap"
    SERVICES = "services"
    COUNTRY = "country"
    BUDGET = "budget"
    AID = "aid"
    DEBT = "debt"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One scored application. ``ties`` are its marks in the order of the call's tie-break list.

    ``barred`` is a reason of its own why it may get nothing: support to pay back.
    """

    key: str
    total: Decimal
    submitted_at: datetime
    amount_cents: int
    country: str
    group: str
    ties: tuple[Decimal, ...] = ()
    counts_as_service: bool = True
    passes_criteria: bool = True
    barred: Why | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """What the call has left, and what was given before this selection.

    ``aid_by_group`` is the State aid that a group may still get; who is missing there has no limit.
    """

    budget_cents: int
    cap_cents: int
    score_min: Decimal
    service_max: int = 0
    country_max: Mapping[str, int] = field(default_factory=dict)
    used_by_group: Mapping[str, int] = field(default_factory=dict)
    services_by_group: Mapping[str, int] = field(default_factory=dict)
    awards_by_country: Mapping[str, int] = field(default_factory=dict)
    aid_by_group: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A verdict with its place in line (from 1) and its reason."""

    key: str
    place: int
    verdict: Verdict
    why: Why


def mean_or_third(totals: Sequence[Decimal], *, delta: Decimal) -> Decimal | None:
    """The agreed total of two or three evaluators; ``None`` while another one is needed.

    Two that differ by at most ``delta`` give their mean. With a third, the two that lie closest
    give the mean (the middle one if both distances are equal), so that one outlier never decides.
    """
    ordered = sorted(totals)
    match ordered:
        case [low, high] if high - low <= delta:
            return (low + high) / 2
        case [low, middle, high]:
            return _closest_mean(low, middle, high)
        case _:
            return None


def _closest_mean(low: Decimal, middle: Decimal, high: Decimal) -> Decimal:
    below, above = middle - low, high - middle
    if below == above:
        return middle
    return (low + middle) / 2 if below < above else (middle + high) / 2


def in_line(candidates: Sequence[Candidate], *, order: Order) -> list[Candidate]:
    """Candidates in their order: by submission, or by total, tie-break marks, submission."""
    if order is Order.FIRST_COME:
        return sorted(candidates, key=lambda one: (one.submitted_at, one.key))
    return sorted(candidates, key=_rank)


def _rank(one: Candidate) -> tuple[Decimal, tuple[Decimal, ...], datetime, str]:
    return (-one.total, tuple(-mark for mark in one.ties), one.submitted_at, one.key)


@dataclass
class _Running:
    limits: Limits
    budget: int
    used: defaultdict[str, int]
    services: Counter[str]
    places: Counter[str]
    awarded: Counter[str] = field(default_factory=Counter)
    is_spent: bool = False

    def verdict(self, one: Candidate) -> tuple[Verdict, Why]:
        """Decide one candidate; the order of the tests is the order of the reasons."""
        refused = self.refusal(one)
        if refused is not None:
            return Verdict.REJECT, refused
        places_max = self.limits.country_max.get(one.country)
        if not place_is_free(places_max=places_max, taken=self.places[one.country]):
            return Verdict.WAIT, Why.COUNTRY
        if self.is_spent or one.amount_cents > self.budget:
            self.is_spent = True
            return Verdict.WAIT, Why.BUDGET
        return Verdict.AWARD, Why.IN_BUDGET

    def refusal(self, one: Candidate) -> Why | None:
        """Why a candidate can get nothing, however much money is left."""
        limits, used = self.limits, self.used[one.group]
        if one.total < limits.score_min or not one.passes_criteria:
            return Why.BELOW_THRESHOLD
        if one.barred is not None:
            return one.barred
        aid_left = limits.aid_by_group.get(one.group)
        if aid_left is not None and one.amount_cents + self.awarded[one.group] > aid_left:
            return Why.AID
        if not fits_cap(one.amount_cents, cap_cents=limits.cap_cents, used_cents=used):
            return Why.CAP
        is_within_services = service_fits(
            service_max=limits.service_max,
            counted_before=self.services[one.group],
            is_exempt=not one.counts_as_service,
        )
        return None if is_within_services else Why.SERVICES

    def book(self, one: Candidate) -> None:
        """Take an award off what is left."""
        self.budget -= one.amount_cents
        self.used[one.group] += one.amount_cents
        self.awarded[one.group] += one.amount_cents
        self.services[one.group] += one.counts_as_service
        self.places[one.country] += 1


def select(candidates: Sequence[Candidate], *, order: Order, limits: Limits) -> list[Outcome]:
    """Verdicts in line order.

    Country maxima skip a candidate, and its place goes to the next in line; once the budget is
    short for one candidate, no later one overtakes it, however small.
    """
    running = _Running(
        limits,
        limits.budget_cents,
        defaultdict(int, limits.used_by_group),
        Counter(limits.services_by_group),
        Counter(limits.awards_by_country),
    )
    outcomes: list[Outcome] = []
    for place, one in enumerate(in_line(candidates, order=order), start=1):
        verdict, why = running.verdict(one)
        if verdict is Verdict.AWARD:
            running.book(one)
        outcomes.append(Outcome(one.key, place, verdict, why))
    return outcomes
