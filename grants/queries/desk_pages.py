"""What officers see of calls and proposals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.presentation.formats import share_of
from core.presentation.parts import Pill
from core.presentation.tables import Column, Link, Table, Two
from core.tags import Tag, tag_for
from grants.models import SEALED, Call, CallRole, Check, EligibilityDecision, Partner, Proposal
from grants.permissions import offices_in
from grants.queries.stages import stages_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django.db.models import QuerySet

    from core.models import Person

PAGE_ROWS = 50
ANY = frozenset({"PO", "AO", "CC", "MOD", "FO", "AUD"})
ROOMS = (
    ("call_setup", gettext_lazy("Rules and offices"), ANY),
    ("proposal_desk", gettext_lazy("Proposals"), ANY),
    ("check_desk", gettext_lazy("Checks"), ANY),
    ("assignment_desk", gettext_lazy("Experts"), ANY - {"FO"}),
    ("moderation_desk", gettext_lazy("Consensus"), ANY - {"FO"}),
    ("ranking_board", gettext_lazy("Ranking"), ANY - {"FO"}),
    ("award_page", gettext_lazy("Award"), frozenset({"CC", "AO", "PO", "AUD"})),
)
SORTS = {"number": "number", "acronym": "acronym", "requested": "version__requested_cents"}


def desk_calls(person: Person, *, on: date) -> Table:
    """Calls in which the person has an office, with what they can count: three statements."""
    calls = list(Call.objects.run_by(person, on=on).order_by("-deadline_at", "identifier"))
    stages = stages_of(calls)
    roles: dict[Any, list[str]] = {}
    for role in CallRole.objects.on(on).filter(person=person).order_by("role"):
        roles.setdefault(role.call_id, []).append(role.get_role_display())
    columns = [
        Column(_("Call"), "head"),
        Column(_("State"), "tag"),
        Column(_("Deadline"), "when"),
        Column(_("Proposals"), "whole"),
        Column(_("To check"), "whole"),
        Column(_("Your office")),
    ]
    lines: list[list[Any]] = [
        [
            Link(call.identifier, reverse("grants:call_setup", args=[call.pk]), small=call.title),
            call,
            call.deadline_at,
            sum(stages[call.pk].values()) - sum(stages[call.pk][state] for state in SEALED),
            stages[call.pk][Proposal.State.FROZEN],
            ", ".join(roles.get(call.pk, ())),
        ]
        for call in calls
    ]
    return Table(_("Calls"), columns, lines, none=_("You have no office in a call."))


def call_nav(call: Call, *, person: Person, on: date, here: str) -> list[Pill]:
    """The rooms of a call that the person's offices open: one statement."""
    offices = offices_in(person, call.pk, on=on)
    return [
        Pill(str(words), reverse(f"grants:{name}", args=[call.pk]), current=name == here)
        for name, words, roles in ROOMS
        if offices & roles
    ]


def proposals_of(call: Call, *, state: str, strand: str, sort: str) -> QuerySet[Proposal]:
    """The call's proposals after the deadline, filtered and sorted; coordinators come along."""
    rows = Proposal.objects.filter(call=call).exclude(state__in=SEALED)
    if state in Proposal.State.values:
        rows = rows.filter(state=state)
    if strand:
        rows = rows.filter(strand__code=strand)
    field = SORTS.get(sort.removeprefix("-"), "number")
    order = f"-{field}" if sort.startswith("-") else field
    coordinators = Partner.objects.filter(is_coordinator=True).select_related("organisation")
    return (
        rows.select_related("strand", "version")
        .defer("version__content")
        .prefetch_related(Prefetch("partners", coordinators, to_attr="coordinators"))
        .order_by(order, "pk")
    )


def proposal_table(rows: Sequence[Proposal], *, sort: str) -> Table:
    """One page of proposals."""
    columns = [
        Column(_("No."), "num", sort="number"),
        Column(_("Proposal"), "head", sort="acronym"),
        Column(_("Coordinator")),
        Column(_("Strand")),
        Column(_("Partners"), "num"),
        Column(_("Requested EUR"), "money", sort="requested"),
        Column(_("To SMEs"), "share"),
        Column(_("State"), "tag"),
    ]
    return Table(
        _("Proposals"),
        columns,
        [_proposal_line(row) for row in rows],
        none=_("No proposal is like this."),
        sort=sort,
    )


def _proposal_line(row: Any) -> list[Any]:
    version = row.version
    coordinator = row.coordinators[0].organisation if row.coordinators else None
    return [
        row.number,
        Link(row.acronym, reverse("grants:proposal_check", args=[row.pk]), small=row.title),
        Two(coordinator.short_name, coordinator.country) if coordinator else "",
        row.strand.name if row.strand else "",
        version.partner_count,
        version.requested_cents,
        share_of(version.sme_cents, version.requested_cents),
        row,
    ]


def state_pills(call: Call, *, chosen: str) -> list[Pill]:
    """States that occur, with their counts, as filters: one statement."""
    stages = stages_of([call])[call.pk]
    counts = {state: stages[state] for state in Proposal.State if state not in SEALED}
    every = Pill(_("All"), "?", current=not chosen, count=sum(counts.values()))
    return [every] + [
        Pill(tag_for("proposal", state).words, f"?state={state}", state == chosen, count)
        for state, count in counts.items()
        if count
    ]


def to_check(call: Call) -> QuerySet[Proposal]:
    """Locked proposals that wait for a decision or for the second officer: three statements."""
    standing = EligibilityDecision.objects.filter(
        returned_at__isnull=True, confirmed_at__isnull=True
    )
    broken = Check.objects.filter(proposal=OuterRef("pk"), outcome=Check.Outcome.FAILED)
    noted = Check.objects.filter(proposal=OuterRef("pk"), outcome=Check.Outcome.NOTE)
    return (
        Proposal.objects.filter(call=call, state=Proposal.State.FROZEN)
        .annotate(is_broken=Exists(broken), is_noted=Exists(noted))
        .select_related("strand", "version")
        .defer("version__content")
        .prefetch_related(
            Prefetch("decisions", standing.select_related("proposed_by"), to_attr="standing")
        )
        .order_by("number")
    )


def check_table(rows: Sequence[Any]) -> Table:
    """Proposals to be checked, with what the rules found and who has decided."""
    columns = [
        Column(_("No."), "num"),
        Column(_("Proposal"), "head"),
        Column(_("Strand")),
        Column(_("Rules"), "tag"),
        Column(_("Waits for"), "tag"),
    ]
    lines = [
        [
            row.number,
            Link(row.acronym, reverse("grants:proposal_check", args=[row.pk]), small=row.title),
            row.strand.name if row.strand else "",
            _rules_tag(row),
            _waits_tag(row),
        ]
        for row in rows
    ]
    return Table(_("Proposals to check"), columns, lines, none=_("Every proposal is decided."))


def _rules_tag(row: Any) -> Tag:
    if row.is_broken:
        return Tag("bad", _("A rule is broken"))
    if row.is_noted:
        return Tag("warn", _("To be looked at"))
    return Tag("good", _("All kept"))


def _waits_tag(row: Any) -> Tag:
    if not row.standing:
        return Tag("idle", _("First officer"))
    words = _("Second officer, after %(person)s") % {"person": row.standing[0].proposed_by}
    return Tag("warn", words)
