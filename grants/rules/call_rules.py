"""What a call asks of a proposal, rule by rule.

A reading says what was found; the words come from ``grants.queries.findings``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from grants.rules.budget import Budget, BudgetTerms, Costs, budget
from grants.rules.consortium import ConsortiumReading, ConsortiumTerms, Member, read_consortium

PASSED, NOTE, FAILED = "passed", "note", "failed"
ADMISSIBILITY, ELIGIBILITY = "admissibility", "eligibility"

# In the order in which an officer reads them.
STAGES: Mapping[str, str] = {
    "parts": ADMISSIBILITY,
    "limits": ADMISSIBILITY,
    "annexes": ADMISSIBILITY,
    "pages": ADMISSIBILITY,
    "confirmed": ADMISSIBILITY,
    "consortium": ELIGIBILITY,
    "distinct": ELIGIBILITY,
    "countries": ELIGIBILITY,
    "organisations": ELIGIBILITY,
    "strand": ELIGIBILITY,
    "objectives": ELIGIBILITY,
    "duration": ELIGIBILITY,
    "grant_max": ELIGIBILITY,
    "sme_share": ELIGIBILITY,
}


@dataclass(frozen=True, slots=True)
class PartTerm:
    """A part to be written; limits in characters or words, ``None`` for none."""

    code: str
    title: str
    is_required: bool
    characters_max: int | None = None
    words_max: int | None = None


@dataclass(frozen=True, slots=True)
class AnnexTerm:
    """A file to be added; ``counts_pages`` if the page limit acts on it."""

    code: str
    title: str
    is_required: bool
    counts_pages: bool = False


@dataclass(frozen=True, slots=True)
class ObjectiveTerm:
    """An objective and its role: main, supporting or focus."""

    code: str
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class CallTerms:
    """The parameters of a call that a proposal is held to."""

    consortium: ConsortiumTerms
    budget: BudgetTerms
    parts: tuple[PartTerm, ...]
    annexes: tuple[AnnexTerm, ...]
    strands: frozenset[str]
    objectives: tuple[ObjectiveTerm, ...]
    supporting_min: int
    focus_min: int
    duration_min: int
    duration_max: int
    page_limit: int


@dataclass(frozen=True, slots=True)
class ProposalFacts:
    """What a proposal says, from its working copy or from the version that counts."""

    strand: str | None
    objectives: frozenset[str]
    duration: int | None
    texts: Mapping[str, str]
    annexes: Mapping[str, int | None]
    members: tuple[Member, ...]
    costs: tuple[Costs, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """One rule as read. ``names`` are the parts, files or partners it is about."""

    rule: str
    outcome: str
    names: tuple[str, ...] = ()
    numbers: Mapping[str, int] = field(default_factory=dict)

    @property
    def stage(self) -> str:
        """Admissibility or eligibility."""
        return STAGES[self.rule]


def read_proposal(facts: ProposalFacts, *, terms: CallTerms) -> tuple[Reading, ...]:
    """Hold a proposal to every rule of its call, in the order of ``STAGES``."""
    counted = read_consortium(facts.members, terms=terms.consortium)
    return (
        *_read_parts(facts, terms=terms),
        _read_pages(facts, terms=terms),
        *_read_consortium(counted, terms=terms.consortium),
        *_read_theme(facts, terms=terms),
        *_read_money(budget(facts.costs, terms=terms.budget), terms=terms.budget),
    )


def _failed_if(rule: str, names: Sequence[str], *, worse: str = FAILED) -> Reading:
    return Reading(rule, worse if names else PASSED, tuple(names))


def _read_parts(facts: ProposalFacts, *, terms: CallTerms) -> list[Reading]:
    empty = [
        p.title for p in terms.parts if p.is_required and not facts.texts.get(p.code, "").strip()
    ]
    long = [p.title for p in terms.parts if is_too_long(facts.texts.get(p.code, ""), part=p)]
    missing = [a.title for a in terms.annexes if a.is_required and a.code not in facts.annexes]
    return [_failed_if("parts", empty), _failed_if("limits", long), _failed_if("annexes", missing)]


def pages_unread(pages: int, *, page_limit: int) -> int:
    """Pages past the limit: they are made illegible and not considered, never a rejection.

    Funding and Tenders Portal, admissibility and eligibility check.
    """
    return max(0, pages - page_limit)


def is_too_long(text: str, *, part: PartTerm) -> bool:
    """Whether a text is past the part's limit. Line ends count as one character."""
    characters = len(text.replace("\r\n", "\n"))
    too_many_characters = part.characters_max is not None and characters > part.characters_max
    too_many_words = part.words_max is not None and len(text.split()) > part.words_max
    return too_many_characters or too_many_words


def _read_pages(facts: ProposalFacts, *, terms: CallTerms) -> Reading:
    counted = [a.code for a in terms.annexes if a.counts_pages]
    pages = sum(facts.annexes.get(code) or 0 for code in counted)
    unread = pages_unread(pages, page_limit=terms.page_limit)
    numbers = {"pages": pages, "limit": terms.page_limit, "unread": unread}
    return Reading("pages", NOTE if unread else PASSED, numbers=numbers)


def _read_consortium(counted: ConsortiumReading, *, terms: ConsortiumTerms) -> list[Reading]:
    numbers = {
        "partners": counted.partners,
        "countries": counted.countries,
        "partners_min": terms.partners_min,
        "countries_min": terms.countries_min,
    }
    is_enough = counted.is_large_enough(terms)
    return [
        _failed_if("confirmed", counted.unconfirmed),
        Reading("consortium", PASSED if is_enough else FAILED, numbers=numbers),
        _failed_if("distinct", counted.doubles, worse=NOTE),
        _failed_if("countries", counted.outside),
        _failed_if("organisations", counted.not_clusters, worse=NOTE),
    ]


def _read_theme(facts: ProposalFacts, *, terms: CallTerms) -> list[Reading]:
    missing = missing_objectives(facts.objectives, terms=terms)
    months = facts.duration
    fits = months is not None and terms.duration_min <= months <= terms.duration_max
    numbers = {"months": months or 0, "min": terms.duration_min, "max": terms.duration_max}
    return [
        Reading("strand", PASSED if facts.strand in terms.strands else FAILED),
        Reading("objectives", FAILED if missing else PASSED, missing),
        Reading("duration", PASSED if fits else FAILED, numbers=numbers),
    ]


def missing_objectives(chosen: frozenset[str], *, terms: CallTerms) -> tuple[str, ...]:
    """Main objectives that are not named; ``supporting`` or ``focus`` if too few of these are.

    2024 call: the main objective and at least one supporting; 2021 call: at least one in focus.
    """
    mains = tuple(o.name for o in terms.objectives if o.role == "main" and o.code not in chosen)
    supporting = sum(o.role == "supporting" and o.code in chosen for o in terms.objectives)
    focus = sum(o.role == "focus" and o.code in chosen for o in terms.objectives)
    short = ("supporting",) if supporting < terms.supporting_min else ()
    return mains + short + (("focus",) if focus < terms.focus_min else ())


def _read_money(whole: Budget, *, terms: BudgetTerms) -> list[Reading]:
    numbers = {
        "requested": whole.requested,
        "contribution": whole.contribution,
        "grant_max": terms.grant_max,
        "sme": whole.sme,
        "part": whole.share_part,
        "base": whole.share_base,
        "share_n": terms.share_n,
        "share_d": terms.share_d,
    }
    fits = whole.requested > 0 and whole.is_within_grant_max
    above = whole.contribution > terms.grant_max
    ceiling = (NOTE if above else PASSED) if fits else FAILED
    return [
        Reading("grant_max", ceiling, numbers=numbers),
        Reading("sme_share", PASSED if whole.is_share_kept else FAILED, numbers=numbers),
    ]
