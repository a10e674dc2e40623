"""At least three cluster organisations, legally distinct, from three different countries."""

from __future__ import annotations

import pytest

from grants.rules.consortium import ConsortiumTerms, Member, read_consortium

TERMS = ConsortiumTerms(
    partners_min=3,
    countries_min=3,
    clusters_only=True,
    eligible_countries=frozenset({"BE", "DE", "PL", "IT"}),
)


def member(name: str, country: str, **changes: object) -> Member:
    facts = {"name": name, "legal_key": name, "country": country, "is_cluster": True} | changes
    return Member(**facts)  # type: ignore[arg-type]  # the facts are spelled out above


@pytest.mark.parametrize(
    ("countries", "enough"),
    [
        (("BE", "DE"), False),
        (("BE", "DE", "DE"), False),
        (("BE", "DE", "PL"), True),
        (("BE", "DE", "PL", "PL"), True),
        (("BE", "DE", "US"), False),
    ],
)
def test_three_organisations_from_three_eligible_countries(
    countries: tuple[str, ...], enough: bool
) -> None:
    members = [member(f"M{index}", country) for index, country in enumerate(countries)]

    assert read_consortium(members, terms=TERMS).is_large_enough(TERMS) is enough


def test_two_branches_of_one_organisation_count_once() -> None:
    members = [
        member("Head", "BE"),
        member("Branch", "DE", legal_key="Head"),
        member("Other", "PL"),
    ]

    reading = read_consortium(members, terms=TERMS)

    assert (reading.partners, reading.countries) == (2, 2)
    assert reading.doubles == ("Branch",)
    assert not reading.is_large_enough(TERMS)


def test_who_is_no_cluster_does_not_count_where_only_clusters_do() -> None:
    members = [member("A", "BE"), member("B", "DE"), member("Firm", "PL", is_cluster=False)]
    open_to_all = ConsortiumTerms(3, 3, False, TERMS.eligible_countries)

    strict, loose = (read_consortium(members, terms=terms) for terms in (TERMS, open_to_all))

    assert (strict.partners, strict.not_clusters) == (2, ("Firm",))
    assert (loose.partners, loose.not_clusters) == (3, ())


def test_names_of_those_outside_and_unconfirmed_are_kept_in_order() -> None:
    members = [
        member("A", "US"),
        member("B", "DE", is_confirmed=False),
        member("C", "CH"),
    ]

    reading = read_consortium(members, terms=TERMS)

    assert (reading.outside, reading.unconfirmed) == (("A", "C"), ("B",))
