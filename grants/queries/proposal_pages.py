"""What a consortium sees of its own proposals."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.presentation.formats import eur, share, share_of, whole
from core.presentation.parts import Due, Step, Task
from core.tags import BAD, IDLE, MOVE, Tag, tag_for
from grants.models import EDITABLE, Letter, Proposal, SectionTemplate
from grants.queries.findings import sentence
from grants.queries.gaps import blocking_readings, way_on
from grants.queries.proposal_content import facts_of, proposal_content
from grants.queries.terms import call_terms
from grants.rules.call_rules import FAILED, PASSED, CallTerms, Reading, is_too_long, read_proposal
from grants.rules.deadline import is_in_time
from parties.models import Membership, Organisation

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from core.models import Person

HIDDEN = (Proposal.State.EVALUATED, Proposal.State.RANKED, Proposal.State.BELOW_THRESHOLD)


def own_proposals(person: Person, *, on: date) -> list[Proposal]:
    """All proposals of the person's organisations, the next deadline first: one statement."""
    letters = Letter.objects.filter(proposal=OuterRef("pk"))
    rows = Proposal.objects.of_member(person, on=on).select_related("call", "strand", "version")
    rows = rows.defer("version__content")
    return list(rows.annotate(has_letter=Exists(letters)).order_by("-call__deadline_at", "acronym"))


def applicant_tag(proposal: Proposal) -> Tag:
    """The state as the consortium may know it: nothing of the result before its letter."""
    state = proposal.state
    if state in HIDDEN and not _was_told(proposal):
        state = Proposal.State.TO_EVALUATE
    return tag_for("proposal", state)


def _was_told(proposal: Proposal) -> bool:
    known = getattr(proposal, "has_letter", None)
    return proposal.letters.exists() if known is None else bool(known)


@dataclass(frozen=True, slots=True)
class TaskGroup:
    """A heading of the task list with its tasks."""

    title: str
    tasks: list[Task]


@dataclass(frozen=True, slots=True)
class Progress:
    """A proposal's working copy as its task list shows it."""

    groups: list[TaskGroup]
    content: dict[str, Any]
    readings: tuple[Reading, ...]
    blocking: list[Due]
    warnings: list[str]

    @property
    def tasks(self) -> list[Task]:
        """All tasks but the last, which is the submission itself."""
        return [task for group in self.groups for task in group.tasks][:-1]

    @property
    def done(self) -> int:
        """How many are done."""
        return sum(task.done for task in self.tasks)

    @property
    def words(self) -> str:
        """For instance "4 of 9 sections done"."""
        return _("%(done)d of %(total)d sections done") % {
            "done": self.done,
            "total": len(self.tasks),
        }


def progress_of(proposal: Proposal, *, on: date) -> Progress:
    """Read the working copy: how far it is and what still stops its submission."""
    prefetch_related_objects([proposal.call], "cost_rates")
    content = proposal_content(proposal, on=on)
    terms = call_terms(proposal.call)
    readings = read_proposal(facts_of(content), terms=terms)
    blocking = blocking_readings(proposal.call, readings)
    by_rule = {reading.rule: reading for reading in readings}
    is_open = proposal.state in EDITABLE
    return Progress(
        groups=[
            TaskGroup(_("1. The project"), _project(proposal, content, terms, by_rule)),
            TaskGroup(_("2. The consortium"), _consortium(proposal, content, by_rule)),
            TaskGroup(
                _("3. Send"),
                [
                    _annexes(proposal, by_rule),
                    _cannot_send(blocking) if blocking or not is_open else _send(proposal),
                ],
            ),
        ],
        content=content,
        readings=readings,
        blocking=[way_on(proposal, reading) for reading in blocking],
        warnings=[
            sentence(reading)
            for reading in readings
            if reading.outcome != PASSED and reading not in blocking
        ],
    )


def _project(
    proposal: Proposal,
    content: Mapping[str, Any],
    terms: CallTerms,
    by_rule: Mapping[str, Reading],
) -> list[Task]:
    texts = {row["code"]: row["text"] for row in content["sections"]}
    general = [by_rule[rule] for rule in ("strand", "objectives", "duration")]
    tasks = [_task(proposal, _("General facts"), "proposal_describe", general)]
    for part in terms.parts:
        text = texts.get(part.code, "")
        written = bool(text.strip())
        too_long = is_too_long(text, part=part)
        tasks.append(
            Task(
                title=part.title,
                url=reverse("grants:section_edit", args=[proposal.pk, part.code]),
                hint=length_words(text, characters_max=part.characters_max),
                done=written and not too_long,
                tag=Tag(BAD, _("Too long")) if too_long else Tag(IDLE, _("Not begun")),
            )
        )
    return tasks


def length_words(text: str, *, characters_max: int | None) -> str:
    """For instance "1,842 of 2,000 characters"."""
    length = len(text.replace("\r\n", "\n"))
    if characters_max is None:
        return _("%(n)s characters") % {"n": whole(length)}
    numbers = {"n": whole(length), "max": whole(characters_max)}
    return _("%(n)s of %(max)s characters") % numbers


def _consortium(
    proposal: Proposal, content: Mapping[str, Any], by_rule: Mapping[str, Reading]
) -> list[Task]:
    totals = content["totals"]
    partners = len(content["partners"])
    countries = len({row["country"] for row in content["partners"]} - {""})
    joined = ngettext("%(n)d partner", "%(n)d partners", partners) % {"n": partners}
    lands = ngettext("%(n)d country", "%(n)d countries", countries) % {"n": countries}
    money = _("%(amount)s requested, %(share)s to SMEs") % {
        "amount": eur(totals["requested"]),
        "share": share(share_of(totals["sme"], totals["requested"])),
    }
    size = by_rule["consortium"]
    who = f"{joined}, {lands}" if size.outcome == PASSED else sentence(size)
    people = [by_rule[rule] for rule in ("consortium", "confirmed", "countries")]
    sums = [by_rule[rule] for rule in ("grant_max", "sme_share")]
    errors = sum(reading.outcome == FAILED for reading in sums)
    found = Tag(BAD, ngettext("%(n)d error", "%(n)d errors", errors) % {"n": errors})
    tag = found if totals["requested"] else Tag(IDLE, _("Not begun"))
    return [
        _task(proposal, _("Partners"), "partner_list", people, hint=who),
        replace(_task(proposal, _("Budget"), "budget_edit", sums, hint=money), tag=tag),
    ]


def _annexes(proposal: Proposal, by_rule: Mapping[str, Reading]) -> Task:
    return _task(proposal, _("Files"), "annex_list", [by_rule["annexes"], by_rule["pages"]])


def _task(
    proposal: Proposal, title: str, url_name: str, readings: Sequence[Reading], *, hint: str = ""
) -> Task:
    broken = [reading for reading in readings if reading.outcome == FAILED]
    return Task(
        title=title,
        url=reverse(f"grants:{url_name}", args=[proposal.pk]),
        hint=hint or (sentence(broken[0]) if broken else ""),
        done=not broken,
        tag=Tag(MOVE, _("In progress")),
    )


def _cannot_send(blocking: Sequence[Reading]) -> Task:
    """The share to SMEs is the point of the call: a budget that misses it reads the sentence here.

    Other gaps are seen beside their own tasks; the last one is named here as well.
    """
    short = [one for one in blocking if one.rule == "sme_share" and one.numbers["requested"]]
    named = short or (blocking if len(blocking) == 1 else [])
    general = _("Opens when nothing is missing any more and all partners have confirmed")
    return Task(
        title=_("Check and submit"),
        hint=sentence(named[0]) if named else general,
        status=_("Cannot start yet"),
    )


def _send(proposal: Proposal) -> Task:
    again = proposal.state == Proposal.State.SUBMITTED
    return Task(
        title=_("Check and submit again") if again else _("Check and submit"),
        url=reverse("grants:proposal_submit", args=[proposal.pk]),
        hint=_("The last version submitted before the deadline counts"),
    )


def partner_steps(proposal: Proposal) -> list[Step]:
    """The consortium in its order, with who has confirmed: one statement."""
    rows = proposal.partners.select_related("organisation", "invitation").order_by("position")
    return [_partner_step(row) for row in rows]


def _partner_step(row: Any) -> Step:
    country = f" {row.organisation.country}" if row.organisation else ""
    title = f"{row.label}{country}"
    if row.is_coordinator:
        return Step(title, "done", note=_("Coordinator, confirms by submitting"))
    if row.confirmed_at:
        return Step(title, "done", when=row.confirmed_at.date(), note=_("Confirmed its share"))
    if row.organisation:
        return Step(title, "next", note=_("Has not confirmed its share yet"))
    return Step(title, "next", note=_("Invited, has not answered yet"))


def next_section_url(proposal: Proposal, template: SectionTemplate) -> str:
    """Where "Save and go to the next section" leads: the part after, or the task list."""
    later = proposal.call.section_templates.filter(position__gt=template.position)
    following = later.order_by("position").first()
    if following is None:
        return reverse("grants:proposal_page", args=[proposal.pk])
    return reverse("grants:section_edit", args=[proposal.pk, following.code])


def joinable(person: Person, proposal_id: UUID) -> Proposal | None:
    """A proposal whose invitation the person accepted without having said for whom."""
    rows = Proposal.objects.filter(
        partners__organisation__isnull=True, partners__invitation__accepted_by=person
    )
    return rows.select_related("call").filter(pk=proposal_id).first()


def acting_organisations(person: Person, *, on: date) -> QuerySet[Organisation]:
    """Organisations for which the person may act, not only look."""
    mine = Membership.objects.live(on_date=on).acting().filter(person=person)
    return Organisation.objects.filter(pk__in=mine.values("organisation")).order_by("legal_name")


def addable_clusters(proposal: Proposal) -> QuerySet[Organisation]:
    """Registered cluster organisations that are not in the consortium yet."""
    taken = proposal.partners.filter(organisation__isnull=False).values("organisation")
    clusters = Organisation.objects.filter(kind=Organisation.Kind.CLUSTER)
    return clusters.exclude(pk__in=taken).order_by("legal_name")


def is_editable(proposal: Proposal, *, at: datetime) -> bool:
    """Whether the working copy can still be changed."""
    in_time = is_in_time(at, deadline_at=proposal.call.deadline_at)
    return in_time and proposal.state in EDITABLE


def section_context(proposal: Proposal, part: SectionTemplate, *, at: datetime) -> dict[str, Any]:
    """What has been written in one part, who saved it, and whether it can still be changed."""
    section = proposal.sections.filter(template=part).select_related("saved_by").first()
    revision = section.revision if section else 0
    return {
        "proposal": proposal,
        "part": part,
        "section": section,
        "revision": revision,
        "initial": {"text": section.text if section else "", "revision": revision},
        "editable": is_editable(proposal, at=at),
    }
