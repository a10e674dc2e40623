from __future__ import annotations

import uuid
from contextlib import nullcontext
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import DomainError
from ledger import api
from ledger.actions import aid as actions
from ledger.models import Aid, AidMember
from ledger.queries import aid as queries
from ledger.rules.aid import CEILING_CENTS, leaves_on
from tests.factories.ledger import AT, a_paper

if TYPE_CHECKING:
    from core.models import Document

pytestmark = pytest.mark.django_db
DAY = date(2026, 5, 2)


@pytest.fixture
def paper() -> Document:
    return a_paper()


def enter(paper: Document, key: str, cents: int, **changed: Any) -> Aid:
    """Aid that a national agency granted, declared by the enterprise."""
    said: dict[str, Any] = {
        "idem": uuid.uuid4(),
        "key": key,
        "linked": [],
        "country": "BE",
        "granted_on": DAY,
        "cents": cents,
        "document": paper,
        "granted_by": "Agency",
    }
    return api.register_aid(api.AidGrant(**said | changed), actor=paper.created_by, at=AT)


def correct(paper: Document, aid: Aid, cents: int) -> Aid:
    made = api.AidCorrection(uuid.uuid4(), aid, cents, paper)
    return api.correct_aid(made, actor=paper.created_by, at=AT)


def test_the_last_cent_fits_and_one_more_does_not(paper: Document) -> None:
    enter(paper, "a", CEILING_CENTS - 100)
    with pytest.raises(DomainError) as refused:
        enter(paper, "a", 101)
    words = str(refused.value).replace("\u00a0", " ")
    assert "From Wed 3 May 2023 to Sat 2 May 2026, EUR 299,999.00" in words
    assert "at most EUR 1.00 may be added; this would be EUR 1.01." in words
    enter(paper, "a", 100)
    assert api.invariants() == []


def test_every_member_state_has_its_own_ceiling(paper: Document) -> None:
    for country in ("BE", "FR"):
        enter(paper, "a", CEILING_CENTS, country=country)
    assert api.aid_room(["a"], country="BE", on=DAY).left == 0
    assert api.aid_room(["a"], country="DE", on=DAY).left == CEILING_CENTS


def test_a_row_leaves_the_window_after_three_years(paper: Document) -> None:
    enter(paper, "a", CEILING_CENTS, granted_on=date(2023, 5, 2))
    with pytest.raises(DomainError):
        enter(paper, "a", 1, granted_on=DAY - timedelta(days=1))
    enter(paper, "a", CEILING_CENTS)


def test_aid_of_a_leap_day_counts_until_the_last_of_february(paper: Document) -> None:
    enter(paper, "a", CEILING_CENTS, granted_on=date(2024, 2, 29))
    with pytest.raises(DomainError):
        enter(paper, "a", 1, granted_on=date(2027, 2, 28))
    enter(paper, "a", 1, granted_on=date(2027, 3, 1))


def test_a_back_dated_row_is_refused_for_a_later_window(paper: Document) -> None:
    enter(paper, "a", CEILING_CENTS, granted_on=date(2025, 1, 1))
    with pytest.raises(DomainError, match="to Wed 1 Jan 2025"):
        enter(paper, "a", 1, granted_on=date(2022, 1, 2))
    enter(paper, "a", 1, granted_on=date(2022, 1, 1))


def test_ceiling_and_years_are_those_of_the_call(paper: Document) -> None:
    enter(paper, "a", 100, granted_on=date(2025, 5, 2), ceiling_cents=150, years=1)
    enter(paper, "a", 150, ceiling_cents=150, years=1)
    with pytest.raises(DomainError):
        enter(paper, "a", 1, ceiling_cents=150, years=1)


def test_the_same_key_is_one_row_and_another_amount_is_told(paper: Document) -> None:
    key = uuid.uuid4()
    first = enter(paper, "a", 100, idem=key)
    assert enter(paper, "a", 100, idem=key) == first
    with pytest.raises(DomainError, match="another day or amount"):
        enter(paper, "a", 101, idem=key)


def test_a_correction_gives_back_no_more_than_was_granted(paper: Document) -> None:
    made = enter(paper, "a", CEILING_CENTS)
    key = uuid.uuid4()
    correction = api.AidCorrection(key, made, 100, paper)
    first = api.correct_aid(correction, actor=paper.created_by, at=AT)
    assert api.correct_aid(correction, actor=paper.created_by, at=AT) == first
    assert api.uncorrected(made) == CEILING_CENTS - 100
    with pytest.raises(DomainError, match="are left to be taken back"):
        correct(paper, made, CEILING_CENTS)
    enter(paper, "a", 100)
    with pytest.raises(DomainError):
        enter(paper, "a", 1)
    assert api.invariants() == []


def test_linked_enterprises_share_one_ceiling(paper: Document) -> None:
    enter(paper, "mother", CEILING_CENTS - 100)
    with pytest.raises(DomainError):
        enter(paper, "daughter", 101, linked=["mother"])
    enter(paper, "daughter", 100, linked=["mother"])
    assert api.aid_room(["mother"], country="BE", on=DAY).left == 0
    assert api.aid_register(["mother"], country="BE").count() == 2


def test_undertakings_that_join_keep_what_was_lawful_and_get_nothing_new(paper: Document) -> None:
    enter(paper, "a", 200_000_00)
    enter(paper, "b", 150_000_00)
    assert api.join_undertakings(["a", "b"], country="BE") == 1
    assert api.join_undertakings(["a", "b"], country="BE") == 0
    for key in ("a", "b"):
        assert api.aid_room([key], country="BE", on=DAY).counted == 350_000_00
        with pytest.raises(DomainError):
            enter(paper, key, 1)
    assert api.invariants() == []
    assert Aid.objects.count() == 2


def test_a_tie_joins_them_in_every_member_state(paper: Document) -> None:
    for key, country in (("a", "BE"), ("b", "BE"), ("a", "FR"), ("b", "FR"), ("b", "DE")):
        enter(paper, key, 1, country=country)
    assert api.join_undertakings(["a", "b"]) == 2
    counted = [api.aid_room(["a"], country=x, on=DAY).counted for x in ("BE", "FR", "DE")]
    assert counted == [2, 2, 0]


def test_a_whole_undertaking_joins_with_all_its_members(paper: Document) -> None:
    for key in "abcd":
        enter(paper, key, 1)
    api.join_undertakings("cd", country="BE")
    api.join_undertakings("bd", country="BE")
    api.join_undertakings("ac", country="BE")
    assert {api.aid_room([key], country="BE", on=DAY).counted for key in "abcd"} == {4}
    assert AidMember.objects.filter(root__key="a").count() == 4


def test_what_was_declared_by_two_counts_once(paper: Document) -> None:
    def declare(key: str, number: int, name: str = "Agency") -> Aid:
        said = api.AidGrant(uuid.uuid4(), key, ["a", "b"], "BE", DAY, 100, paper, granted_by=name)
        return api.declare_aid(said, number=number, actor=paper.created_by, at=AT)

    first = declare("a", 1)
    assert declare("b", 1, "AGENCY") == first
    assert declare("a", 2) != first
    assert declare("a", 1, "Region") != first
    assert Aid.objects.count() == 3


def test_a_row_that_came_first_meanwhile_is_read_again(
    paper: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database refuses what was read too early; the second reading has the sentence."""
    enter(paper, "a", CEILING_CENTS)
    checked, seen = actions._check, []

    def blind_at_first(*args: Any, **kwargs: Any) -> None:
        seen.append(True)
        if len(seen) > 1:
            checked(*args, **kwargs)

    monkeypatch.setattr(actions, "_check", blind_at_first)
    with pytest.raises(DomainError, match="may be added"):
        enter(paper, "a", 1)
    assert len(seen) == 2


def test_undertakings_that_somebody_else_joined_meanwhile_are_read_again(
    paper: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    roots = [enter(paper, key, 1).holder_id for key in "ab"]
    api.join_undertakings("ab")
    fresh, read = queries.roots_of, []

    def stale_at_first(*args: Any, **kwargs: Any) -> list[int]:
        read.append(True)
        return roots if len(read) == 1 else fresh(*args, **kwargs)

    monkeypatch.setattr(queries, "roots_of", stale_at_first)
    assert api.join_undertakings("ab", country="BE") == 0
    assert len(read) == 2


START = date(2023, 12, 1)
NAMES = "abcdef"
AWARD = st.tuples(
    st.just("award"), st.sampled_from(NAMES), st.integers(0, 1500), st.integers(1, 400)
)
LINK = st.tuples(st.just("link"), st.sampled_from(NAMES), st.sampled_from(NAMES), st.just(0))


def fullest_window(rows: list[tuple[date, int]], on: date) -> int:
    """The most that counts on any one of the days on which an award of ``on`` counts."""
    days = [on + timedelta(days=n) for n in range((leaves_on(on) - on).days)]
    held = [(day, leaves_on(day), cents) for day, cents in rows]
    return max(sum(c for day, gone, c in held if day <= end < gone) for end in days)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(st.one_of(AWARD, AWARD, LINK), max_size=14))
def test_generated_awards_and_links_against_all_windows(
    paper: Document, steps: list[tuple[str, Any, Any, int]]
) -> None:
    """Who is linked, when and in what order: accepted is exactly what every window allows."""
    with transaction.atomic():
        walk(paper, steps)
        assert api.invariants() == []
        transaction.set_rollback(True)


def walk(paper: Document, steps: list[tuple[str, Any, Any, int]]) -> None:
    group = {name: {name} for name in NAMES}
    rows: list[tuple[str, date, int]] = []
    for what, name, other, cents in steps:
        if what == "link":
            joined = group[name] | group[other]
            group |= dict.fromkeys(joined, joined)
            api.join_undertakings(joined, country="BE")
            continue
        on = START + timedelta(days=other)
        mine = [(day, c) for key, day, c in rows if key in group[name]]
        fits = fullest_window(mine, on) + cents <= 1000
        with nullcontext() if fits else pytest.raises(DomainError):
            enter(
                paper,
                name,
                cents,
                linked=sorted(group[name]),
                granted_on=on,
                ceiling_cents=1000,
            )
            rows.append((name, on, cents))


def test_the_database_refuses_alone_what_the_program_would_enter(paper: Document) -> None:
    made = enter(paper, "a", CEILING_CENTS)
    with pytest.raises(IntegrityError), transaction.atomic():
        Aid.objects.create(
            idem=uuid.uuid4(),
            holder=made.holder,
            granted_on=DAY,
            leaves_on=leaves_on(DAY),
            years=3,
            cents=1,
            ceiling_cents=CEILING_CENTS,
            granted_by="Agency",
            document=paper,
            actor=paper.created_by,
            at=AT,
        )


def test_rows_of_the_register_name_themselves(paper: Document) -> None:
    row = enter(paper, "a", 700)
    assert str(row) == f"{row.holder_id} {DAY} 700"
    assert str(row.holder) == "a in BE"
    api.join_undertakings("ab", country="BE")
    member = AidMember.objects.filter(holder=row.holder).latest("pk")
    assert str(member) == f"{row.holder_id} in {member.root_id}"
