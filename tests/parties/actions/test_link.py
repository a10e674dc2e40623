import itertools
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from core.errors import DomainError, NotAllowed, Refused
from core.models import Mail
from parties.actions import link as act
from parties.models import Organisation, OrganisationLink
from parties.queries import linked_group, links_of, same_group, tied
from tests.factories.parties import (
    AT,
    a_link,
    a_member,
    a_person,
    an_organisation,
    an_sme,
    the_representative,
)

pytestmark = pytest.mark.django_db
DAY = AT.date()


def declared(parent: Organisation, child: Organisation, **changes: object) -> OrganisationLink:
    given = {
        "parent_id": parent.pk,
        "child_id": child.pk,
        "share_bp": 6_000,
        "kind": "linked",
        "start_date": DAY,
        "actor": the_representative(parent),
        "at": AT,
    }
    return act.link(**(given | changes))  # type: ignore[arg-type]  # one value of each type


def test_link_by_either_side_tells_both() -> None:
    parent, child = an_sme(), an_sme()
    made = declared(parent, child, actor=the_representative(child))
    told = set(Mail.objects.values_list("person", flat=True))
    assert told == {the_representative(parent).pk, the_representative(child).pk}
    assert (made.share_bp, made.kind) == (6_000, "linked")


def test_article_3_3_group_goes_through_others_but_not_through_partners() -> None:
    a, b, c, d, e = (an_sme() for _ in range(5))
    a_link(a, b)
    a_link(b, c, share_bp=10_000)
    a_link(c, d, share_bp=5_000, kind="partner")
    a_link(e, a, share_bp=0, kind="affiliated")
    assert linked_group(c, on_date=DAY) == {a.pk, b.pk, c.pk}
    assert linked_group(d.pk, on_date=DAY) == {d.pk}
    assert same_group(a, c, on_date=DAY)
    assert not same_group(a, d, on_date=DAY)
    assert tied(b, on_date=DAY) == {a.pk, b.pk, c.pk, e.pk}


def test_group_is_that_of_the_day() -> None:
    a, b = an_sme(), an_sme()
    made = a_link(a, b)
    act.end_link(link_id=made.pk, actor=the_representative(b), at=AT, reason="Sold.")
    assert same_group(a, b, on_date=DAY)
    assert not same_group(a, b, on_date=DAY + timedelta(days=1))
    assert not same_group(a, b, on_date=date(2019, 12, 31))


def test_group_takes_one_query_whatever_its_size(django_assert_num_queries: object) -> None:
    chain = [an_sme() for _ in range(4)]
    for parent, child in itertools.pairwise(chain):
        a_link(parent, child)
    with django_assert_num_queries(1):  # type: ignore[operator]  # a fixture of pytest-django
        assert len(linked_group(chain[0], on_date=DAY)) == 4


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"share_bp": 10_001}, "share_bp", "between 0 and 100"),
        ({"share_bp": 5_001, "kind": "partner"}, "kind", "linked enterprise"),
        ({"share_bp": 2_499, "kind": "partner"}, "share_bp", "25 % to 50 %"),
        ({"start_date": DAY + timedelta(days=1)}, "start_date", "once it exists"),
    ],
)
def test_link_that_contradicts_itself_is_refused(
    changes: dict[str, object], field: str, words: str
) -> None:
    with pytest.raises(DomainError, match=words) as refused:
        declared(an_sme(), an_sme(), **changes)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("share_bp", "kind"),
    [(2_500, "partner"), (5_000, "partner"), (5_000, "linked"), (0, "affiliated")],
)
def test_link_at_the_limits_is_taken(share_bp: int, kind: str) -> None:
    assert declared(an_sme(), an_sme(), share_bp=share_bp, kind=kind).kind == kind


def test_link_with_itself_twice_or_by_a_stranger_is_refused() -> None:
    one, other = an_sme(), an_sme()
    with pytest.raises(DomainError, match="with itself"):
        declared(one, one)
    a_link(one, other)
    with pytest.raises(DomainError, match="declared already"):
        declared(one, other)
    with pytest.raises(NotAllowed):
        declared(other, one, actor=a_person())
    with pytest.raises(NotAllowed):
        declared(other, one, actor=a_member(one))


def test_end_link_once_after_it_began_and_by_one_of_the_two() -> None:
    one, other = an_organisation(), an_organisation()
    made = a_link(one, other)
    actor = the_representative(one)
    with pytest.raises(NotAllowed):
        act.end_link(link_id=made.pk, actor=a_person(), at=AT)
    with pytest.raises(DomainError, match="ends after it began"):
        act.end_link(link_id=made.pk, actor=actor, at=AT, end_date=date(2019, 1, 1))
    assert list(links_of(other, on_date=DAY)) == [made]
    act.end_link(link_id=made.pk, actor=actor, at=AT, end_date=DAY - timedelta(days=1))
    assert not links_of(other, on_date=DAY).exists()
    with pytest.raises(Refused, match="ended before"):
        act.end_link(link_id=made.pk, actor=actor, at=AT)


@pytest.mark.parametrize(
    "broken",
    [
        {"share_bp": 10_001},
        {"kind": "partner"},
        {"kind": "cousin"},
        {"end_date": date(2019, 1, 1)},
    ],
)
def test_database_refuses_what_the_action_never_writes(broken: dict[str, object]) -> None:
    made = a_link(an_sme(), an_sme())
    with pytest.raises(IntegrityError), transaction.atomic():
        OrganisationLink.objects.filter(pk=made.pk).update(**broken)
