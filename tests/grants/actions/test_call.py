"""Setting up, publishing, correcting, closing and cancelling a call."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.errors import DomainError, NotAllowed, Refused
from core.models import Mail
from grants.actions import call, call_parts, corrigendum, load_call, submission
from grants.models import Call, CallVersion, Proposal
from grants.queries import catalogue
from grants.queries.call_content import call_content, changed_fields
from grants.rules.seal import fingerprint
from tests.factories.grants import (
    CHECKING,
    DEADLINE,
    OPENED,
    SET_UP,
    WRITING,
    a_call,
    a_draft_call,
    a_proposal,
    a_published_call,
    a_submitted_proposal,
    an_officer,
    close,
    officer,
    the_applicant,
)
from tests.factories.parties import a_person

pytestmark = pytest.mark.django_db
LATER = DEADLINE + timedelta(days=7)


@pytest.mark.parametrize("slug", sorted(catalogue.entries()))
def test_every_catalogue_call_can_be_published_as_it_is(slug: str) -> None:
    made = a_draft_call(slug=slug)

    assert call.gaps(made) == ()


def test_real_call_has_the_figures_that_are_public() -> None:
    made = a_draft_call(identifier="SMP-COSME-2021-CLUSTER-01")

    assert (made.budget_cents, made.grant_max_cents) == (4_200_000_000, 140_000_000)
    assert (made.strands.count(), made.share_min_bp) == (15, 7_500)
    assert made.deadline_local.isoformat() == "2021-11-30T17:00:00+01:00"
    assert made.objectives.count() == 5


def test_second_call_asks_for_eight_of_sixteen_from_its_first_strand() -> None:
    made = a_draft_call(slug="smp-cosme-2024-cluster-01")

    assert (made.projects_max, made.strands.get(code="net-zero").quota_min) == (16, 8)
    assert [row.role for row in made.objectives.order_by("position")] == [
        "main",
        *["supporting"] * 3,
    ]


def test_identifier_is_used_once() -> None:
    made = a_draft_call()

    with pytest.raises(Refused, match="this identifier already"):
        a_draft_call(identifier=made.identifier)


def test_publication_freezes_the_rules_with_a_fingerprint() -> None:
    made = a_published_call()

    version = made.versions.get()
    assert (version.number, version.kind, made.version) == (1, "publication", 1)
    assert version.sha256 == fingerprint(version.content) == fingerprint(call_content(made))
    assert [row["code"] for row in version.content["criteria"]] == [
        "relevance",
        "quality",
        "impact",
    ]


def test_published_rules_are_frozen() -> None:
    made = a_published_call()
    cora = officer(made, "CC")
    row = made.criteria.order_by("position")[0]

    for attempt in (
        lambda: call.change(made.pk, values={"page_limit": 1}, actor=cora, at=SET_UP),
        lambda: call_parts.add(made.pk, noun="strands", values={}, actor=cora, at=SET_UP),
        lambda: call_parts.change(
            made.pk, noun="criteria", row_id=row.pk, values={"weight": 9}, actor=cora, at=SET_UP
        ),
        lambda: call_parts.remove(made.pk, noun="criteria", row_id=row.pk, actor=cora, at=SET_UP),
    ):
        with pytest.raises(Refused, match="Published rules are frozen"):
            attempt()

    assert made.versions.get().content == call_content(Call.objects.get(pk=made.pk))


def test_incomplete_call_is_not_published() -> None:
    made = a_draft_call()
    cora = officer(made, "CC")
    for rung in made.tie_break_keys.all():
        call_parts.remove(made.pk, noun="tie_break_keys", row_id=rung.pk, actor=cora, at=SET_UP)

    with pytest.raises(Refused, match="not complete"):
        call.publish(made.pk, actor=officer(made, "AO"), at=SET_UP)

    assert call.gaps(made) == ("Add at least one rung to the ladder for equal totals.",)


def test_call_whose_deadline_has_passed_is_not_published() -> None:
    made = a_draft_call()

    with pytest.raises(Refused, match="deadline has passed"):
        call.publish(made.pk, actor=officer(made, "AO"), at=CHECKING)


def test_criterion_named_by_the_ladder_stays() -> None:
    made = a_draft_call()
    row = made.criteria.get(code="impact")

    with pytest.raises(DomainError, match="tie-break ladder"):
        call_parts.remove(
            made.pk, noun="criteria", row_id=row.pk, actor=officer(made, "CC"), at=SET_UP
        )


def test_code_is_used_once_in_a_list() -> None:
    made = a_draft_call()

    with pytest.raises(DomainError, match="code is taken"):
        call_parts.add(
            made.pk,
            noun="strands",
            values={"code": "health", "name": "Health again"},
            actor=officer(made, "CC"),
            at=SET_UP,
        )


def test_added_row_goes_last_and_is_changed() -> None:
    made = a_draft_call()
    cora = officer(made, "CC")

    row = call_parts.add(
        made.pk, noun="strands", values={"code": "space", "name": "Space"}, actor=cora, at=SET_UP
    )
    call_parts.change(
        made.pk,
        noun="strands",
        row_id=row.pk,
        values={"name": "Outer space"},
        actor=cora,
        at=SET_UP,
    )

    row.refresh_from_db()
    assert (row.position, row.name) == (16, "Outer space")


def test_row_of_another_call_is_out_of_reach() -> None:
    mine, other = a_draft_call(), a_draft_call()
    row = other.strands.order_by("position")[0]

    with pytest.raises(NotAllowed):
        call_parts.remove(
            mine.pk, noun="strands", row_id=row.pk, actor=officer(mine, "CC"), at=SET_UP
        )


@pytest.mark.parametrize("role", ["AO", "MOD", "FO", "AUD"])
def test_only_those_who_set_up_change_a_draft(role: str) -> None:
    made = a_draft_call()

    with pytest.raises(NotAllowed):
        call.change(made.pk, values={"page_limit": 1}, actor=officer(made, role), at=SET_UP)


def test_office_is_given_and_ended_by_those_who_may() -> None:
    made = a_draft_call()
    person = an_officer(made, "PO")
    role = made.roles.get(person=person)

    with pytest.raises(Refused, match="has this office already"):
        an_officer(made, "PO", person=person)
    with pytest.raises(NotAllowed):
        call.end_office(role.pk, actor=person, at=SET_UP)
    call.end_office(role.pk, actor=officer(made, "CC"), at=OPENED)

    role.refresh_from_db()
    assert role.end_date is not None
    assert not Call.objects.run_by(person, on=OPENED.date()).exists()


def test_last_coordinator_stays() -> None:
    made = a_draft_call()
    role = made.roles.get(role="CC")

    with pytest.raises(Refused, match="another call coordinator"):
        call.end_office(role.pk, actor=officer(made, "AO"), at=OPENED)


def test_stranger_names_nobody() -> None:
    made = a_draft_call()

    with pytest.raises(NotAllowed):
        call.name_officer(
            made.pk,
            person=a_person(),
            role="AUD",
            start_date=SET_UP.date(),
            actor=a_person(),
            at=SET_UP,
        )


def test_new_call_is_begun_by_somebody_with_an_office() -> None:
    made = a_draft_call()

    with pytest.raises(NotAllowed):
        load_call.load_from_catalogue(
            slug="smp-cosme-2024-cluster-01", identifier="X", actor=officer(made, "AUD"), at=SET_UP
        )


def test_corrigendum_extends_tells_the_writers_and_keeps_both_versions() -> None:
    made = a_call()
    draft = a_proposal(of=made)

    version = corrigendum.correct(
        made.pk,
        reason="The portal was down for two days.",
        deadline_at=LATER,
        summary=made.summary,
        actor=officer(made, "AO"),
        at=WRITING,
    )

    made.refresh_from_db()
    first, second = made.versions.order_by("number")
    assert (made.version, made.deadline_at, second) == (2, LATER, version)
    assert changed_fields(first.content, second.content) == ["deadline_at"]
    mails = Mail.objects.filter(person=the_applicant(draft), subject__contains=made.identifier)
    assert "The portal was down for two days." in mails.get().text
    assert "Tue 7 Dec 2021, 17:00 Brussels" in mails.get().text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"deadline_at": DEADLINE - timedelta(microseconds=1)}, "never shorten"),
        ({"deadline_at": DEADLINE}, "Nothing has been changed"),
        ({"reason": " "}, "Write why the call changes"),
        ({"at": DEADLINE + timedelta(days=1)}, "deadline has passed"),
    ],
)
def test_corrigendum_is_refused(changes: dict[str, object], words: str) -> None:
    made = a_call()
    given: dict[str, object] = {
        "reason": "Because.",
        "deadline_at": LATER,
        "summary": made.summary,
        "actor": officer(made, "AO"),
        "at": WRITING,
    }

    with pytest.raises(DomainError, match=words):
        corrigendum.correct(made.pk, **(given | changes))  # type: ignore[arg-type]  # named above

    assert CallVersion.objects.filter(call=made).count() == 1


def test_extended_deadline_lets_later_proposals_in() -> None:
    made = a_submitted_proposal()
    corrigendum.correct(
        made.call_id,
        reason="More time.",
        deadline_at=LATER,
        summary=made.call.summary,
        actor=officer(made.call, "AO"),
        at=WRITING,
    )

    call.close_due(DEADLINE + timedelta(minutes=5))
    version = submission.submit(made.pk, actor=the_applicant(made), at=LATER)

    assert version.submitted_at == LATER


def test_clock_leaves_a_moment_for_requests_that_were_in_time() -> None:
    made = a_call()

    call.close_due(DEADLINE + timedelta(seconds=1))
    made.refresh_from_db()
    open_still = made.state
    call.close_due(DEADLINE + timedelta(minutes=1))
    made.refresh_from_db()

    assert (open_still, made.state) == ("open", "closed")


def test_cancelled_call_ends_its_proposals_and_writes_to_those_who_submitted() -> None:
    made = a_call()
    draft, submitted = a_proposal(of=made), a_submitted_proposal(of=made)

    call.cancel(made.pk, reason="The budget is gone.", actor=officer(made, "AO"), at=WRITING)

    states = dict(Proposal.objects.filter(call=made).values_list("acronym", "state"))
    assert states == dict.fromkeys((draft.acronym, submitted.acronym), "call_cancelled")
    assert "The budget is gone." in submitted.letters.get(kind="cancelled").text


def test_call_without_proposals_goes_its_whole_way_to_closing() -> None:
    made = a_call()
    close(made)

    assert [row.event for row in made.transitions.order_by("pk")] == [
        "begin",
        "publish",
        "open",
        "close",
    ]
