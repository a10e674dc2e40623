"""Whether a consortium is one: enough cluster organisations, distinct, from enough countries."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Member:
    """One partner. ``legal_key`` is the same for two branches of one organisation."""

    name: str
    legal_key: str
    country: str
    is_cluster: bool
    is_confirmed: bool = True


@dataclass(frozen=True, slots=True)
class ConsortiumTerms:
    """What the call asks of a consortium."""

    partners_min: int
    countries_min: int
    clusters_only: bool
    eligible_countries: frozenset[str]


@dataclass(frozen=True, slots=True)
class ConsortiumReading:
    """What a consortium amounts to. Lists are in the order of the partners."""

    partners: int
    countries: int
    doubles: tuple[str, ...]
    outside: tuple[str, ...]
    not_clusters: tuple[str, ...]
    unconfirmed: tuple[str, ...]

    def is_large_enough(self, terms: ConsortiumTerms) -> bool:
        """At least so many organisations from at least so many countries."""
        return self.partners >= terms.partners_min and self.countries >= terms.countries_min


def read_consortium(members: Sequence[Member], *, terms: ConsortiumTerms) -> ConsortiumReading:
    """Count legally distinct organisations and their countries.

    Two branches of one organisation count once; those from elsewhere and, if the call wants
    clusters, those that are none, do not count (call: at least three cluster organisations from
    three different European countries).
    """
    counted = [member for member in members if _counts(member, terms=terms)]
    return ConsortiumReading(
        partners=len({member.legal_key for member in counted}),
        countries=len({member.country for member in _firsts(counted)}),
        doubles=_names(set(members) - set(_firsts(members)), of=members),
        outside=tuple(m.name for m in members if m.country not in terms.eligible_countries),
        not_clusters=tuple(m.name for m in members if terms.clusters_only and not m.is_cluster),
        unconfirmed=tuple(m.name for m in members if not m.is_confirmed),
    )


def _counts(member: Member, *, terms: ConsortiumTerms) -> bool:
    is_kind = member.is_cluster or not terms.clusters_only
    return is_kind and member.country in terms.eligible_countries


def _firsts(members: Sequence[Member]) -> list[Member]:
    by_key: dict[str, Member] = {}
    for member in members:
        by_key.setdefault(member.legal_key, member)
    return list(by_key.values())


def _names(chosen: Collection[Member], *, of: Sequence[Member]) -> tuple[str, ...]:
    return tuple(member.name for member in of if member in chosen)
