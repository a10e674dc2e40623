"""Which organisations hang together."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from core.reading import read_once
from parties.models import Organisation, OrganisationLink
from parties.models.link import OrganisationLinkKind
from parties.rules.ties import group_of

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID


def linked_group(organisation: Organisation | UUID, *, on_date: date) -> frozenset[UUID]:
    """Keys of all enterprises linked with it on that day, its own included.

    Linked means held together by more than 50 %, in either direction, also through others
    (Recommendation 2003/361/EC, Annex, Article 3(3)). One query, whatever the size of the group.
    """
    key = organisation.pk if isinstance(organisation, Organisation) else organisation
    return group_of(key, ties=_pairs(on_date=on_date)[OrganisationLinkKind.LINKED])


def same_group(one: Organisation, other: Organisation, *, on_date: date) -> bool:
    """Whether both are one organisation or enterprises linked with each other on that day."""
    return other.pk in linked_group(one, on_date=on_date)


def tied(organisation: Organisation | UUID, *, on_date: date) -> frozenset[UUID]:
    """Its linked group with the entities affiliated to any of the group."""
    key = organisation.pk if isinstance(organisation, Organisation) else organisation
    pairs = _pairs(on_date=on_date)
    group = group_of(key, ties=pairs[OrganisationLinkKind.LINKED])
    sides = pairs[OrganisationLinkKind.AFFILIATED]
    beside = {other for pair in sides for one, other in (pair, pair[::-1]) if one in group}
    return group | beside


def links_of(organisation: Organisation, *, on_date: date) -> QuerySet[OrganisationLink]:
    """Ties of the organisation that hold on that day, both ways."""
    either = Q(parent=organisation) | Q(child=organisation)
    links = OrganisationLink.objects.live(on_date=on_date).filter(either)
    return links.select_related("parent", "child").order_by("start_date", "pk")


@read_once
def _pairs(*, on_date: date) -> defaultdict[str, list[tuple[UUID, UUID]]]:
    """Both ends of every tie that holds on that day, by kind."""
    pairs: defaultdict[str, list[tuple[UUID, UUID]]] = defaultdict(list)
    links = OrganisationLink.objects.live(on_date=on_date)
    for kind, parent, child in links.values_list("kind", "parent_id", "child_id"):
        pairs[kind].append((parent, child))
    return pairs
