"""The group agrees, or the panel decides: docs/domain.md, Evaluation."""

from __future__ import annotations

from decimal import Decimal

import pytest

from core.errors import DomainError, NotAllowed, Refused
from grants.actions import consensus, panel
from grants.models import Consensus, Proposal
from grants.queries.marks import criteria_of
from tests.factories.evaluation import (
    MEETING,
    PANEL_DAY,
    a_dissent,
    a_drafted_consensus,
    a_ready_consensus,
    a_report,
    a_submitted_consensus,
    an_approved_consensus,
    an_evaluating_call,
    experts,
    marks,
    others,
    redraft,
)
from tests.factories.grants import officer
from tests.factories.parties import a_person

pytestmark = pytest.mark.django_db
C = Consensus.State


def test_the_rapporteur_drafts_and_nobody_else() -> None:
    call, [proposal] = an_evaluating_call()
    made = a_ready_consensus(proposal)
    for actor in (*others(made), officer(call, "MOD"), officer(call, "CC"), a_person()):
        with pytest.raises(NotAllowed):
            consensus.draft(made.pk, actor=actor, at=MEETING)
    assert made.rapporteur is not None
    consensus.draft(made.pk, actor=made.rapporteur, at=MEETING)
    for actor in (*others(made), officer(call, "MOD")):
        with pytest.raises(NotAllowed):
            consensus.save(made.pk, marks=marks(call), actor=actor, at=MEETING)


def test_the_draft_is_not_the_mean_of_the_reports() -> None:
    _call, [proposal] = an_evaluating_call()
    made = a_submitted_consensus(proposal, "3", scores=("5", "5", "4"))
    assert {mark.score for mark in made.marks.all()} == {Decimal(3)}
    made.refresh_from_db()
    assert made.total == Decimal(60)


def test_laying_it_before_the_group_needs_every_mark_and_text() -> None:
    call, [proposal] = an_evaluating_call()
    made = a_ready_consensus(proposal)
    assert made.rapporteur is not None
    consensus.draft(made.pk, actor=made.rapporteur, at=MEETING)
    with pytest.raises(Refused, match="has no mark yet"):
        consensus.submit(made.pk, actor=made.rapporteur, at=MEETING)
    with pytest.raises(DomainError, match="is not a mark of its scale"):
        consensus.save(made.pk, marks=marks(call, "4.2"), actor=made.rapporteur, at=MEETING)


def test_a_late_expert_is_waited_for() -> None:
    _call, [proposal] = an_evaluating_call()
    made = a_drafted_consensus(proposal)
    assert made.rapporteur is not None
    a_report(proposal, experts(1)[0])
    with pytest.raises(Refused, match="Another expert was asked"):
        consensus.submit(made.pk, actor=made.rapporteur, at=MEETING)


def test_closing_needs_every_expert_and_the_moderator() -> None:
    call, [proposal] = an_evaluating_call()
    made = a_submitted_consensus(proposal)
    first, second = others(made)
    moderator = officer(call, "MOD")
    consensus.approve(made.pk, actor=first, at=MEETING)
    with pytest.raises(Refused, match="1 of the experts"):
        consensus.close(made.pk, actor=moderator, at=MEETING)
    consensus.approve(made.pk, actor=second, at=MEETING)
    with pytest.raises(NotAllowed):
        consensus.close(made.pk, actor=second, at=MEETING)
    closed = consensus.close(made.pk, actor=moderator, at=MEETING)
    assert (closed.state, closed.total, closed.is_above_thresholds) == (
        C.APPROVED, Decimal(80), True,
    )  # fmt: skip
    assert Proposal.objects.get(pk=proposal.pk).state == Proposal.State.EVALUATED


def test_the_moderator_has_no_voice_and_nobody_says_it_twice() -> None:
    call, [proposal] = an_evaluating_call()
    made = a_submitted_consensus(proposal)
    with pytest.raises(NotAllowed):
        consensus.approve(made.pk, actor=officer(call, "MOD"), at=MEETING)
    expert = others(made)[0]
    consensus.approve(made.pk, actor=expert, at=MEETING)
    with pytest.raises(Refused, match="already said so"):
        consensus.approve(made.pk, actor=expert, at=MEETING)


def test_an_objection_needs_words_and_old_approvals_do_not_count() -> None:
    call, [proposal] = an_evaluating_call()
    made = a_submitted_consensus(proposal)
    first, second = others(made)
    consensus.approve(made.pk, actor=first, at=MEETING)
    with pytest.raises(Refused, match="Write why"):
        consensus.object_to(made.pk, actor=second, at=MEETING, reason="")
    consensus.object_to(made.pk, actor=second, at=MEETING, reason="Impact is too high.")
    made = redraft(made, "3.5")
    assert made.rapporteur is not None
    made = consensus.submit(made.pk, actor=made.rapporteur, at=MEETING)
    assert made.draft_version == 2
    with pytest.raises(Refused, match="2 of the experts"):
        consensus.close(made.pk, actor=officer(call, "MOD"), at=MEETING)
    words = made.approvals.get(draft_version=1, expert=second)
    assert (words.decision, words.text) == ("objected", "Impact is too high.")


def test_a_word_on_a_version_that_is_gone_is_refused() -> None:
    _call, [proposal] = an_evaluating_call()
    made = a_submitted_consensus(proposal)
    first, second = others(made)
    consensus.object_to(made.pk, actor=first, at=MEETING, reason="No.")
    with pytest.raises(Refused, match="no longer before the experts"):
        consensus.approve(made.pk, actor=second, at=MEETING)


def test_a_dissent_goes_to_the_panel_with_its_words() -> None:
    call, [proposal] = an_evaluating_call()
    made = a_submitted_consensus(proposal)
    moderator = officer(call, "MOD")
    with pytest.raises(Refused, match="do not agree on"):
        consensus.dissent(made.pk, actor=moderator, at=MEETING, reason=" ")
    consensus.dissent(made.pk, actor=moderator, at=MEETING, reason="Effects.")
    made = consensus.refer(made.pk, actor=moderator, at=MEETING)
    assert (made.state, made.dissent) == (C.PANEL, "Effects.")
    assert Proposal.objects.get(pk=proposal.pk).state == Proposal.State.TO_EVALUATE


def test_the_panel_ends_a_dissent_with_its_reason() -> None:
    call, [proposal] = an_evaluating_call()
    made = a_dissent(proposal)
    chair = officer(call, "CC")
    with pytest.raises(DomainError, match="how the panel decided"):
        panel.finalise(made.pk, actor=chair, at=PANEL_DAY)
    made = panel.finalise(made.pk, actor=chair, at=PANEL_DAY, reason="The draft is right.")
    assert (made.state, made.total) == (C.FINAL, Decimal(80))
    assert Proposal.objects.get(pk=proposal.pk).state == Proposal.State.EVALUATED


def test_a_change_by_the_panel_keeps_old_new_and_why() -> None:
    call, [proposal] = an_evaluating_call()
    made = an_approved_consensus(proposal)
    chair, first = officer(call, "CC"), criteria_of(call)[0]
    change = panel.change_mark(
        made.pk,
        criterion_id=first.pk,
        score=Decimal("3.5"),
        why="In line with P-7.",
        actor=chair,
        at=PANEL_DAY,
    )
    assert (change.old_score, change.new_score, change.why) == (
        Decimal(4), Decimal("3.5"), "In line with P-7.",
    )  # fmt: skip
    made.refresh_from_db()
    assert made.total == Decimal(77)


@pytest.mark.parametrize(
    ("score", "why", "sentence"),
    [
        ("3.5", " ", "Write why the panel"),
        ("3.3", "x", "is not a mark of its scale"),
        ("4", "x", "already has"),
    ],
)
def test_a_change_by_the_panel_is_refused_when(score: str, why: str, sentence: str) -> None:
    call, [proposal] = an_evaluating_call()
    made = an_approved_consensus(proposal)
    with pytest.raises(DomainError, match=sentence):
        panel.change_mark(
            made.pk,
            criterion_id=criteria_of(call)[0].pk,
            score=Decimal(score),
            why=why,
            actor=officer(call, "CC"),
            at=PANEL_DAY,
        )


def test_the_panel_changes_nothing_once_it_is_final_and_only_its_chair_does() -> None:
    call, [proposal] = an_evaluating_call()
    made = an_approved_consensus(proposal)
    given = {"criterion_id": criteria_of(call)[0].pk, "score": Decimal(3), "why": "x"}
    with pytest.raises(NotAllowed):
        panel.change_mark(made.pk, **given, actor=officer(call, "MOD"), at=PANEL_DAY)  # type: ignore[arg-type]  # test data
    assert panel.finalise_all(call.pk, actor=officer(call, "CC"), at=PANEL_DAY) == 1
    with pytest.raises(Refused, match="before the report is final"):
        panel.change_mark(made.pk, **given, actor=officer(call, "CC"), at=PANEL_DAY)  # type: ignore[arg-type]  # test data
