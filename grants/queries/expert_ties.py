"""What ties an expert to the proposals of a call: recorded conflicts, employment, membership."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef

from grants.models import Conflict, Partner, Proposal
from grants.rules.conflicts import Engagement, barred, bound_to
from parties.models import Employment, ExpertProfile, Membership, Organisation, OrganisationLink
from parties.rules.ties import group_of

if TYPE_CHECKING:
    from uuid import UUID

    from core.models import Person
    from grants.models import Call


def engagements(expert: Person | None = None) -> dict[UUID, list[Engagement]]:
    """Where one expert, or every one, works, worked or acts (four queries)."""
    everyone = ExpertProfile.objects.values_list("person", flat=True)
    of = list(everyone) if expert is None else [expert.pk]
    found: dict[UUID, list[Engagement]] = defaultdict(list)
    memberships = Membership.objects.filter(person__in=of, revoked_at__isnull=True)
    for person, organisation, start, end in memberships.values_list(
        "person", "organisation", "start_date", "end_date"
    ):
        found[person].append(Engagement(str(organisation), start, end))
    profiles = ExpertProfile.objects.filter(person__in=of, employer__isnull=False)
    for person, employer in profiles.values_list("person", "employer"):
        found[person].append(Engagement(str(employer), date.min))
    worked = Employment.objects.filter(profile__person__in=of, organisation__isnull=False)
    for person, organisation, start, end in worked.values_list(
        "profile__person", "organisation", "start_date", "end_date"
    ):
        found[person].append(Engagement(str(organisation), start, end))
    return found


def consortia(call: Call) -> dict[UUID, set[str]]:
    """Organisations of each proposal of the call (one query)."""
    rows = Partner.objects.filter(proposal__call=call, organisation__isnull=False)
    found: dict[UUID, set[str]] = defaultdict(set)
    for proposal, organisation in rows.values_list("proposal", "organisation"):
        found[proposal].add(str(organisation))
    return found


def groups(*, on: date) -> dict[str, frozenset[str]]:
    """Each organisation that belongs to a group, with all of its group (one query)."""
    kinds = (OrganisationLink.Kind.LINKED, OrganisationLink.Kind.AFFILIATED)
    links = OrganisationLink.objects.live(on_date=on).filter(kind__in=kinds)
    ties = [(str(one), str(other)) for one, other in links.values_list("parent", "child")]
    return {
        organisation: group_of(organisation, ties=ties)
        for organisation in {member for tie in ties for member in tie}
    }


def tied_organisations(call: Call, expert: Person, *, on: date) -> dict[UUID, frozenset[str]]:
    """Proposals of the call with an organisation that the expert is bound to, and which."""
    work = engagements(expert)[expert.pk]
    related = groups(on=on) if work else {}
    return {
        proposal: bound
        for proposal, members in consortia(call).items()
        if (bound := bound_to(work, members, on=on, groups=related))
    }


def tie_names(call: Call, expert: Person, *, on: date) -> tuple[str, ...]:
    """Names of the organisations in the call's consortia that the expert is bound to."""
    bound = {key for keys in tied_organisations(call, expert, on=on).values() for key in keys}
    rows = Organisation.objects.filter(pk__in=bound).order_by("legal_name")
    return tuple(rows.values_list("legal_name", flat=True)) if bound else ()


def barred_experts(call: Call, *, on: date) -> frozenset[UUID]:
    """Experts whom no officer may ask for any proposal of the call; six queries.

    A recorded conflict, or a tie to an organisation of any consortium, bars an expert from the
    whole ranked list. Only organisations where experts work, or of a group, are looked for in the
    consortia, so that a long list costs no more.
    """
    conflicts = Conflict.objects.filter(proposal__call=call, expert=OuterRef("person"))
    recorded = ExpertProfile.objects.filter(Exists(conflicts)).values_list("person", flat=True)
    found, related = engagements(), groups(on=on)
    near = {one.organisation for work in found.values() for one in work} | related.keys()
    applying = Partner.objects.filter(proposal__call=call, organisation=OuterRef("pk"))
    rows = Organisation.objects.filter(Exists(applying), pk__in=near)
    members = {str(key) for key in rows.values_list("pk", flat=True)}
    tied = (
        expert for expert, work in found.items() if bound_to(work, members, on=on, groups=related)
    )
    return frozenset((*recorded, *tied))


def barred_pairs(call: Call, *, on: date) -> frozenset[tuple[str, str]]:
    """Pairs (proposal, expert) of the call that no officer may assign; six queries.

    Recorded conflicts and ties to an organisation of a consortium; either bars the expert from
    the whole ranked list.
    """
    recorded = Conflict.objects.filter(proposal__call=call).values_list("proposal", "expert")
    pairs = {(str(proposal), str(expert)) for proposal, expert in recorded}
    members, related = consortia(call), groups(on=on)
    for expert, work in engagements().items():
        pairs |= {
            (str(proposal), str(expert))
            for proposal, organisations in members.items()
            if bound_to(work, organisations, on=on, groups=related)
        }
    proposals = Proposal.objects.filter(call=call).values_list("pk", flat=True)
    return barred(pairs, dict.fromkeys(map(str, proposals), str(call.pk)))
