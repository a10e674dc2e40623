"""Calls and proposals, brought to a state by the same actions that a click uses."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any

from reportlab.pdfgen.canvas import Canvas

from grants.actions import (
    annex,
    budget,
    call,
    eligibility,
    load_call,
    partner,
    proposal,
    submission,
)
from grants.models import Call, CallRole, Partner, Proposal
from grants.queries import catalogue
from tests.factories.parties import a_person, an_organisation, the_representative
from tests.staging import staged

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from core.models import Person
    from grants.models import ProposalVersion
    from parties.models import Organisation

SET_UP = datetime(2021, 9, 1, 8, 0, tzinfo=UTC)
OPENED = datetime(2021, 9, 9, 8, 0, tzinfo=UTC)
WRITING = datetime(2021, 10, 4, 9, 0, tzinfo=UTC)
DEADLINE = datetime(2021, 11, 30, 16, 0, tzinfo=UTC)
CLOSED = DEADLINE + timedelta(minutes=5)
CHECKING = datetime(2021, 12, 6, 9, 0, tzinfo=UTC)
OFFICES = ("PO", "PO", "AO", "MOD", "FO", "AUD")
# 240,000 + 30,000 + 60,000 of coordination and 1,050,000 to SMEs, over three partners.
AMOUNTS: tuple[dict[str, int], ...] = (
    {"A": 12_000_000, "B": 1_000_000, "C1": 500_000, "C3": 1_500_000, "D1": 45_000_000},
    {"A": 7_000_000, "B": 1_000_000, "C1": 500_000, "C3": 1_500_000, "D1": 35_000_000},
    {"A": 5_000_000, "B": 1_000_000, "C2": 500_000, "C3": 1_500_000, "D1": 25_000_000},
)
_numbers: Iterator[int] = itertools.count(1)


@staged
def a_draft_call(
    *, slug: str = "smp-cosme-2021-cluster-01", coordinator: Person | None = None, **changes: Any
) -> Call:
    """A call set up from the catalogue, under an identifier of its own, with all its officers."""
    actor = coordinator or a_person(full_name="Cora Callander")
    changes = {"identifier": f"TEST-CALL-{next(_numbers)}"} | changes
    made = load_call.load_call(catalogue.read(slug), actor=actor, at=SET_UP, **changes)
    for role in OFFICES:
        an_officer(made, role)
    return made


def an_officer(of: Call, role: str, *, person: Person | None = None) -> Person:
    """A person with an office in the call, named by its call coordinator."""
    named = person or a_person()
    call.name_officer(
        of.pk,
        person=named,
        role=role,
        start_date=date(2021, 9, 1),
        actor=officer(of, "CC"),
        at=SET_UP,
    )
    return named


def officer(of: Call, role: str, *, second: bool = False) -> Person:
    """Who holds the office: the first, or the second of two."""
    rows = CallRole.objects.filter(call=of, role=role).select_related("person")
    return rows.order_by("person__email")[1 if second else 0].person


@staged
def a_published_call(**changes: Any) -> Call:
    """A call whose rules are frozen; it opens on the day the clock says."""
    made = a_draft_call(**changes)
    return call.publish(made.pk, actor=officer(made, "AO"), at=SET_UP)


@staged
def a_call(**changes: Any) -> Call:
    """An open call."""
    made = a_published_call(**changes)
    call.open_due(max(made.opens_at, OPENED))
    made.refresh_from_db()
    return made


def a_cluster(country: str = "BE", **changes: Any) -> Organisation:
    """A cluster organisation with a representative."""
    return an_organisation(country=country, **changes)


@staged
def a_proposal(
    *, of: Call | None = None, organisation: Organisation | None = None, acronym: str = ""
) -> Proposal:
    """A proposal that has only just been begun."""
    coordinator = organisation or a_cluster("BE")
    return proposal.draft(
        (of or a_call()).pk,
        organisation=coordinator,
        acronym=acronym or f"EXAMPLE-{next(_numbers)}",
        actor=the_representative(coordinator),
        at=WRITING,
    )


@staged
def a_complete_proposal(
    *,
    of: Call | None = None,
    countries: Sequence[str] = ("BE", "DE", "PL"),
    amounts: Sequence[dict[str, int]] = AMOUNTS,
    strand: str = "",
    with_annex: bool = True,
    acronym: str = "",
) -> Proposal:
    """A proposal that lacks nothing and every partner of which has confirmed its share."""
    made = a_proposal(of=of, organisation=a_cluster(countries[0]), acronym=acronym)
    actor = the_applicant(made)
    for country in countries[1:]:
        partner.add(made.pk, organisation=a_cluster(country), actor=actor, at=WRITING)
    describe(made, strand=strand)
    write_sections(made)
    if with_annex:
        add_annex(made)
    rows = made.partners.order_by("position")
    typed = {row.pk: amounts[index] for index, row in enumerate(rows)}
    budget.save_budget(made.pk, amounts=typed, actor=actor, at=WRITING)
    confirm_all(made)
    made.refresh_from_db()
    return made


def the_applicant(of: Proposal) -> Person:
    """Who acts for the coordinator."""
    coordinator = of.partners.get(is_coordinator=True)
    assert coordinator.organisation is not None
    return the_representative(coordinator.organisation)


def the_partner(of: Proposal, position: int = 2) -> Partner:
    """A partner by its place."""
    return of.partners.get(position=position)


def describe(of: Proposal, *, strand: str = "", duration_months: int = 30) -> None:
    """Strand, objectives and duration as the call asks."""
    strands = of.call.strands.order_by("position")
    proposal.describe(
        of.pk,
        acronym=of.acronym,
        title="Resilient, circular small firms",
        strand=strands.get(code=strand) if strand else strands[0],
        objectives=list(of.call.objectives.order_by("position")[:2]),
        duration_months=duration_months,
        actor=the_applicant(of),
        at=WRITING,
    )


def write_sections(of: Proposal) -> None:
    """A few words in every part."""
    for part in of.call.section_templates.order_by("position"):
        proposal.save_section(
            of.pk,
            part=part,
            text=f"{part.title}: what we do, for whom, and how we know that it worked.",
            revision=0,
            actor=the_applicant(of),
            at=WRITING,
        )


def a_pdf(*, pages: int = 1, text: str = "Part B") -> bytes:
    """A real PDF file."""
    buffer = BytesIO()
    canvas = Canvas(buffer)
    for page in range(pages):
        canvas.drawString(72, 720, f"{text}, page {page + 1}")
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def add_annex(of: Proposal, *, code: str = "part-b", pages: int = 1) -> None:
    """The file that the call asks for."""
    annex.add(
        of.pk,
        kind=of.call.annex_kinds.get(code=code),
        upload=("part-b.pdf", a_pdf(pages=pages), "application/pdf"),
        actor=the_applicant(of),
        at=WRITING,
    )


def confirm_all(of: Proposal) -> None:
    """Every partner but the coordinator confirms the share it sees."""
    for row in of.partners.filter(is_coordinator=False).order_by("position"):
        assert row.organisation is not None
        partner.confirm(
            of.pk,
            partner_id=row.pk,
            share_cents=partner.share_of(row),
            actor=the_representative(row.organisation),
            at=WRITING,
        )


def submit(of: Proposal, *, at: datetime = WRITING) -> ProposalVersion:
    """Hand it in as its coordinator."""
    return submission.submit(of.pk, actor=the_applicant(of), at=at)


@staged
def a_submitted_proposal(**changes: Any) -> Proposal:
    """A proposal that has been handed in once."""
    made = a_complete_proposal(**changes)
    submit(made)
    made.refresh_from_db()
    return made


def close(of: Call) -> None:
    """Let the deadline of this call pass: it closes, and its proposals are locked."""
    call.close_due(of.deadline_at + timedelta(minutes=5))
    of.refresh_from_db()


@staged
def a_frozen_proposal(**changes: Any) -> Proposal:
    """A proposal that the deadline has locked."""
    made = a_submitted_proposal(**changes)
    close(made.call)
    made.refresh_from_db()
    return made


def admit(of: Proposal) -> Proposal:
    """Send it to evaluation as a programme officer."""
    eligibility.decide(
        of.pk, verdict="admit", reasons=[], note="", actor=officer(of.call, "PO"), at=CHECKING
    )
    of.refresh_from_db()
    return of


@staged
def an_admitted_proposal(**changes: Any) -> Proposal:
    """A proposal that goes to evaluation."""
    return admit(a_frozen_proposal(**changes))


def start_evaluation(of: Call) -> None:
    """Let experts be assigned in a closed call all of whose proposals are decided."""
    call.start_evaluation(of.pk, actor=officer(of, "CC"), at=CHECKING)
    of.refresh_from_db()
