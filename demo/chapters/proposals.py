"""Consortia write, confirm and hand in; some forget, some break a rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import TYPE_CHECKING

from reportlab.pdfgen.canvas import Canvas

from demo import names, words
from grants.actions import annex, budget, partner, proposal, submission

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.models import Person
    from demo.stage import Stage
    from grants.models import Call, Proposal
    from parties.models import Organisation

BEGAN = datetime(2021, 9, 20, 8, 0, tzinfo=UTC)
COUNTRIES = tuple(names.TOWNS)
CLUSTERS = 90


@dataclass(frozen=True, slots=True)
class Cluster:
    """An organisation with the one person who acts for it."""

    organisation: Organisation
    person: Person
    country: str


def found_clusters(stage: Stage, *, number: int = CLUSTERS) -> list[Cluster]:
    """Ninety invented cluster organisations; the first is the demo applicant's."""
    crafts = list(names.CRAFTS.values())
    made = []
    for index in range(number):
        country = COUNTRIES[index % len(COUNTRIES)]
        person = stage.person(
            "Mira Fernwood" if index == 0 else names.person_name(index + 40),
            mailbox="applicant" if index == 0 else "",
        )
        organisation = stage.organisation(
            actor=person,
            at=BEGAN - timedelta(days=10),
            names=names.cluster_name(index + 1, country, crafts[index % len(crafts)]),
            country=country,
            kind="cluster",
            town=names.TOWNS[country],
        )
        made.append(Cluster(organisation, person, country))
        stage.tell("Organisations", index + 1, number)
    return made


def part_b(acronym: str, *, pages: int) -> bytes:
    """A real PDF with as many pages as asked."""
    buffer = BytesIO()
    canvas = Canvas(buffer, invariant=1)
    for page in range(1, pages + 1):
        canvas.drawString(72, 760, f"{acronym} – description of the action, page {page} of {pages}")
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def play(stage: Stage) -> None:
    """Sixty proposals by the deadline, two that were never handed in."""
    clusters = found_clusters(stage)
    stage.notes["clusters"] = clusters
    total = stage.size.proposals
    for index in range(total + 2):
        made = write(stage, stage.call, clusters, index=index)
        if index < total:
            hand_in(made, index=index)
            stage.proposals.append(made)
        stage.tell("Proposals", index + 1, total + 2)


def team(clusters: Sequence[Cluster], *, index: int) -> list[Cluster]:
    """Three to six clusters of as many countries, the coordinator first."""
    size = 3 + index % 4
    step = 7 + index // len(clusters)
    return [clusters[(index + step * place) % len(clusters)] for place in range(size)]


def write(
    stage: Stage,
    call: Call,
    clusters: Sequence[Cluster],
    *,
    index: int,
    began: datetime = BEGAN,
    confirmed: bool = True,
) -> Proposal:
    """A whole working copy: parts, partners, annex, budget, confirmations."""
    at = began + timedelta(days=index % 20, hours=index % 9)
    chosen = team(clusters, index=index)
    lead = chosen[0]
    made = proposal.draft(
        call.pk,
        organisation=lead.organisation,
        acronym=names.ACRONYMS[index % len(names.ACRONYMS)],
        actor=lead.person,
        at=at,
    )
    for other in chosen[1:]:
        partner.add(made.pk, organisation=other.organisation, actor=lead.person, at=at)
    _describe(made, lead, index=index, at=at)
    _write_sections(stage, made, chosen, at=at)
    _add_annex(made, lead, pages=3 + index % 5, at=at)
    _budget(stage, made, lead, index=index, at=at)
    if confirmed:
        confirm(made, chosen[1:], at=at + timedelta(days=2))
    made.refresh_from_db()
    return made


def _describe(made: Proposal, lead: Cluster, *, index: int, at: datetime) -> None:
    """Strand, objectives, duration."""
    strands = list(made.call.strands.order_by("position"))
    made.strand = strand = strands[(index * 4) % len(strands)]
    proposal.describe(
        made.pk,
        acronym=made.acronym,
        title=f"Resilient, green and digital firms in {strand.name.lower()}",
        strand=strand,
        objectives=list(made.call.objectives.order_by("position")[: 2 + index % 3]),
        duration_months=24 if index % 10 == 0 else (30, 36)[index % 2],
        actor=lead.person,
        at=at,
    )


def _write_sections(
    stage: Stage, made: Proposal, chosen: Sequence[Cluster], *, at: datetime
) -> None:
    """A text of real length in every part, within its limit."""
    countries = ", ".join(sorted({one.country for one in chosen}))
    craft = made.strand.name if made.strand else "industry"
    for template in made.call.section_templates.order_by("position"):
        text = words.section(stage.die, craft=craft, countries=countries)
        proposal.save_section(
            made.pk,
            part=template,
            text=text[: template.characters_max],
            revision=0,
            actor=chosen[0].person,
            at=at,
        )


def _add_annex(made: Proposal, lead: Cluster, *, pages: int, at: datetime) -> None:
    """Part B as a real file."""
    kind = made.call.annex_kinds.filter(is_required=True).order_by("position")[0]
    content = part_b(made.acronym, pages=pages)
    upload = ("part-b.pdf", content, "application/pdf")
    annex.add(made.pk, kind=kind, upload=upload, actor=lead.person, at=at)


def _budget(stage: Stage, made: Proposal, lead: Cluster, *, index: int, at: datetime) -> None:
    """Requests from EUR 1.1 to 1.4 million; the SMEs' share lies at or above three quarters."""
    rows = list(made.partners.order_by("position"))
    grant = 140_000_000 if index % 3 == 0 else 118_000_000 + stage.die.randrange(0, 21) * 1_000_000
    sme = grant - grant // 4 + (0 if index % 5 else 2_000_000)
    typed = {}
    for place, row in enumerate(rows):
        coordination = (grant - sme) * 100 // 97 // len(rows)
        typed[row.pk] = {
            "A": coordination * 70 // 100,
            "B": coordination * 8 // 100,
            "C1": coordination * 9 // 100,
            "C3": coordination * 13 // 100,
            "D1": sme if place == 0 else 0,
        }
    budget.save_budget(made.pk, amounts=typed, actor=lead.person, at=at)


def confirm(made: Proposal, others: Sequence[Cluster], *, at: datetime) -> None:
    """Every partner confirms the share it is shown."""
    people = {other.organisation.pk: other.person for other in others}
    for row in made.partners.filter(is_coordinator=False).order_by("position"):
        assert row.organisation_id is not None
        partner.confirm(
            made.pk,
            partner_id=row.pk,
            share_cents=partner.share_of(row),
            actor=people[row.organisation_id],
            at=at,
        )


def hand_in(made: Proposal, *, index: int) -> None:
    """Most in the last days; every sixth a second time; one in the very last instant."""
    deadline = made.call.deadline_at
    last = deadline - timedelta(minutes=17 * (index % 60) + 3)
    if index == 59:
        last = deadline  # 17:00:00.000 is in time
    if index % 6 == 0:
        submission.submit(made.pk, actor=made.created_by, at=last - timedelta(days=1))
    submission.submit(made.pk, actor=made.created_by, at=last)
