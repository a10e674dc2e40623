from __future__ import annotations

from datetime import timedelta

import pytest

from core.errors import DomainError, NotAllowed, Refused
from core.models import Mail
from ledger.api import invariants
from tests.factories.grant import an_active_grant, appoint
from tests.factories.parties import a_person
from tests.factories.vouchers import (
    ACCEPTING,
    CLOSED,
    CLOSING,
    DECIDING,
    OPENING,
    PLANNING,
    a_draft_sme_call,
    a_ready_sme_call,
    a_scored_application,
    a_submitted_application,
    an_accepted_application,
    an_application,
    an_open_sme_call,
    close,
    decide,
    evaluate,
    find_eligible,
    fresh,
    fresh_call,
    terms,
    the_fund_manager,
    the_signatory,
)
from vouchers import accounts
from vouchers.actions import sme_call as sme_calls
from vouchers.lifecycle.sme_call_conditions import gaps
from vouchers.models import Application, SmeCall
from vouchers.rules.sme_call_gaps import Gap

pytestmark = pytest.mark.django_db
S = SmeCall.State
A = Application.State


def test_opening_sets_its_budget_aside_from_the_pool() -> None:
    grant = an_active_grant()
    before = accounts.left(accounts.pool(grant))
    made = an_open_sme_call(of=grant, budget_cents=70_000_00)
    assert made.state == S.OPEN
    assert accounts.left(accounts.pool(grant)) == before - 70_000_00
    assert accounts.left(accounts.call_budget(made)) == 70_000_00
    assert invariants(grant.book) == []


def test_a_budget_above_the_pool_does_not_open() -> None:
    grant = an_active_grant()
    budget = accounts.left(accounts.pool(grant)) + 1
    made = a_ready_sme_call(of=grant, budget_cents=budget)
    signatory = the_signatory(grant)
    with pytest.raises(Refused, match="does not cover"):
        sme_calls.approve(sme_call_id=made.pk, actor=signatory, at=OPENING)
    assert fresh_call(made).approved_at is None


def test_only_a_fund_manager_of_the_grant_drafts() -> None:
    grant = an_active_grant()
    with pytest.raises(NotAllowed):
        sme_calls.draft(grant.pk, actor=a_person(), at=PLANNING, **terms())
    with pytest.raises(NotAllowed):
        sme_calls.draft(grant.pk, actor=the_signatory(grant), at=PLANNING, **terms())


def test_what_is_missing_is_said_before_it_is_made_ready() -> None:
    grant = an_active_grant()
    manager = the_fund_manager(grant)
    made = sme_calls.draft(
        grant.pk, actor=manager, at=PLANNING, **terms(conditions="", portal_id="")
    )
    assert gaps(made) == (
        Gap.CONDITIONS,
        Gap.PORTAL_ID,
        Gap.SERVICES,
        Gap.CRITERIA,
        Gap.THRESHOLD,
        Gap.EVIDENCE,
    )
    with pytest.raises(Refused, match="not complete"):
        sme_calls.make_ready(sme_call_id=made.pk, actor=manager, at=PLANNING)


def test_a_window_of_59_days_needs_a_derogation() -> None:
    made = a_draft_sme_call(closes_at=OPENING + timedelta(days=59))
    assert gaps(made) == (Gap.WINDOW,)
    manager = the_fund_manager(made.grant)
    values = {"derogation": "The ecosystem asked for a short window; agreed on 4 January."}
    changed = sme_calls.change(made.pk, values=values, actor=manager, at=PLANNING)
    assert gaps(changed) == ()


def test_the_person_who_made_it_ready_does_not_approve() -> None:
    grant = an_active_grant()
    both = the_signatory(grant)
    appoint(grant, "FM")
    grant.roles.create(
        person=both, organisation=grant.coordinator, role="FM", start_date=PLANNING.date()
    )
    made = a_draft_sme_call(of=grant)
    sme_calls.make_ready(sme_call_id=made.pk, actor=both, at=PLANNING)
    with pytest.raises(Refused, match="Another person"):
        sme_calls.approve(sme_call_id=made.pk, actor=both, at=PLANNING)


def test_taking_it_back_voids_the_approval_and_thaws_its_rules() -> None:
    made = a_ready_sme_call()
    manager, signatory = the_fund_manager(made.grant), the_signatory(made.grant)
    with pytest.raises(Refused, match="no draft any more"):
        sme_calls.change(made.pk, values={"title": "x"}, actor=manager, at=PLANNING)
    sme_calls.approve(sme_call_id=made.pk, actor=signatory, at=PLANNING)
    sme_calls.take_back(sme_call_id=made.pk, actor=manager, at=PLANNING)
    changed = sme_calls.change(made.pk, values={"title": "x"}, actor=manager, at=PLANNING)
    assert (changed.state, changed.approved_at, changed.title) == (S.DRAFT, None, "x")


def test_an_unapproved_call_does_not_open_by_hand() -> None:
    made = a_ready_sme_call()
    manager = the_fund_manager(made.grant)
    with pytest.raises(Refused, match="has not approved"):
        sme_calls.open_call(sme_call_id=made.pk, actor=manager, at=OPENING)


def test_closing_before_opening_is_refused_with_its_field() -> None:
    made = a_draft_sme_call()
    with pytest.raises(DomainError, match="after it opens") as refused:
        sme_calls.change(
            made.pk,
            values={"closes_at": OPENING},
            actor=the_fund_manager(made.grant),
            at=PLANNING,
        )
    assert refused.value.field == "closes_at"


def test_drafts_lapse_when_the_call_closes() -> None:
    sme_call = an_open_sme_call()
    draft = an_application(of=sme_call)
    sent = a_submitted_application(of=sme_call)
    closed = close(sme_call)
    assert closed.state == S.CLOSED
    assert (fresh(draft).state, fresh(sent).state) == (A.LAPSED, A.SUBMITTED)


def test_a_call_does_not_close_at_its_closing_instant() -> None:
    from vouchers.actions import expiry

    sme_call = an_open_sme_call()
    assert expiry.close_sme_calls(CLOSING) == 0
    assert expiry.close_sme_calls(CLOSING + timedelta(milliseconds=1)) == 1
    assert expiry.close_sme_calls(CLOSING + timedelta(days=1)) == 0
    assert fresh_call(sme_call).state == S.CLOSED


def test_the_evaluation_waits_for_every_check() -> None:
    sme_call = an_open_sme_call(order="ranked")
    sent = a_submitted_application(of=sme_call)
    close(sme_call)
    manager = the_fund_manager(sme_call.grant)
    with pytest.raises(Refused, match="has not been checked"):
        sme_calls.evaluate(sme_call_id=sme_call.pk, actor=manager, at=CLOSED)
    find_eligible(sent, at=CLOSED)
    assert (
        sme_calls.evaluate(sme_call_id=sme_call.pk, actor=manager, at=CLOSED).state == S.EVALUATING
    )


def a_ranked_selection(
    *totals: tuple[int, int], **changes: object
) -> tuple[SmeCall, list[Application]]:
    sme_call = an_open_sme_call(order="ranked", **changes)
    sent = [a_submitted_application(of=sme_call) for _ in totals]
    close(sme_call)
    for one in sent:
        find_eligible(one)
    manager = the_fund_manager(sme_call.grant)
    sme_calls.evaluate(sme_call_id=sme_call.pk, actor=manager, at=DECIDING)
    for one, marks in zip(sent, totals, strict=True):
        evaluate(fresh(one), totals=marks)
    return fresh_call(sme_call), sent


def test_a_ranked_call_from_selection_to_done() -> None:
    sme_call, sent = a_ranked_selection(
        (24, 26), (28, 30), (4, 6), (20, 22), budget_cents=10_000_00
    )
    manager = the_fund_manager(sme_call.grant)
    decide(sme_call)
    states = [fresh(one).state for one in sent]
    assert states == [A.AWARDED, A.AWARDED, A.REJECTED, A.WAITING]
    assert [fresh(one).place for one in sent] == [2, 1, 4, 3]
    with pytest.raises(Refused, match="minutes"):
        sme_calls.award(sme_call_id=sme_call.pk, actor=manager, at=DECIDING)
    sme_calls.write_minutes(sme_call.pk, minutes="Three persons.", actor=manager, at=DECIDING)
    sme_calls.award(sme_call_id=sme_call.pk, actor=manager, at=DECIDING)
    with pytest.raises(Refused, match="minutes cannot change"):
        sme_calls.write_minutes(sme_call.pk, minutes="x", actor=manager, at=DECIDING)
    sme_calls.contract(sme_call_id=sme_call.pk, actor=manager, at=DECIDING)
    with pytest.raises(Refused, match="waits for its acceptance"):
        sme_calls.finish(sme_call_id=sme_call.pk, actor=manager, at=DECIDING)


def test_a_ranked_call_is_not_decided_before_its_evaluation() -> None:
    sme_call = an_open_sme_call(order="ranked")
    with pytest.raises(Refused, match="while it is being evaluated"):
        decide(sme_call)


def test_finishing_returns_the_rest_and_ends_the_waiting_list() -> None:
    sme_call, sent = a_ranked_selection((24, 26), (20, 22), budget_cents=9_999_99)
    manager, grant = the_fund_manager(sme_call.grant), sme_call.grant
    decide(sme_call)
    sme_calls.write_minutes(sme_call.pk, minutes="Three persons.", actor=manager, at=DECIDING)
    sme_calls.award(sme_call_id=sme_call.pk, actor=manager, at=DECIDING)
    from vouchers.actions import expiry

    late = fresh(sent[0]).accept_until
    assert late is not None
    assert expiry.lapse_awards(late) == 0
    assert expiry.lapse_awards(late + timedelta(seconds=1)) == 1
    assert [fresh(one).state for one in sent] == [A.LAPSED, A.AWARDED]
    later = late + timedelta(days=30)
    assert expiry.lapse_awards(later) == 1
    sme_calls.contract(sme_call_id=sme_call.pk, actor=manager, at=later)
    before = accounts.left(accounts.pool(grant))
    done = sme_calls.finish(sme_call_id=sme_call.pk, actor=manager, at=later)
    assert done.state == S.DONE
    assert accounts.left(accounts.pool(grant)) == before + 9_999_99
    assert invariants(grant.book) == []


def test_the_first_acceptance_starts_the_contracting() -> None:
    from tests.factories.parties import the_representative
    from vouchers.actions import application as applications

    sme_call, sent = a_ranked_selection((24, 26))
    manager = the_fund_manager(sme_call.grant)
    decide(sme_call)
    sme_calls.write_minutes(sme_call.pk, minutes="Three persons.", actor=manager, at=DECIDING)
    sme_calls.award(sme_call_id=sme_call.pk, actor=manager, at=DECIDING)
    applications.accept(
        application_id=sent[0].pk,
        has_no_other_funding=True,
        actor=the_representative(sent[0].organisation),
        at=ACCEPTING,
    )
    assert fresh_call(sme_call).state == S.CONTRACTING
    with pytest.raises(Refused, match="signatures"):
        sme_calls.finish(sme_call_id=sme_call.pk, actor=manager, at=ACCEPTING)


def test_cancelling_writes_letters_and_returns_the_budget() -> None:
    sme_call = an_open_sme_call()
    grant = sme_call.grant
    sent, draft = a_submitted_application(of=sme_call), an_application(of=sme_call)
    signatory = the_signatory(grant)
    with pytest.raises(Refused, match="Write why"):
        sme_calls.cancel(sme_call_id=sme_call.pk, actor=signatory, at=DECIDING)
    before = accounts.left(accounts.pool(grant))
    sme_calls.cancel(
        sme_call_id=sme_call.pk, actor=signatory, at=DECIDING, reason="The strand was dropped."
    )
    assert (fresh(sent).state, fresh(draft).state) == (A.REJECTED, A.LAPSED)
    assert accounts.left(accounts.pool(grant)) == before + sme_call.budget_cents
    letters = Mail.objects.filter(subject__contains="ends without an award")
    assert letters.count() == 1
    assert "The strand was dropped." in letters[0].text


def test_a_call_with_awards_is_not_cancelled() -> None:
    made = an_accepted_application()
    signatory = the_signatory(made.sme_call.grant)
    with pytest.raises(Refused, match="Awards have been made"):
        sme_calls.cancel(sme_call_id=made.sme_call_id, actor=signatory, at=ACCEPTING, reason="No.")


def test_a_draft_that_is_cancelled_posts_nothing() -> None:
    made = a_draft_sme_call()
    before = accounts.left(accounts.pool(made.grant))
    done = sme_calls.cancel(
        sme_call_id=made.pk, actor=the_signatory(made.grant), at=PLANNING, reason="Twice."
    )
    assert done.state == S.CANCELLED
    assert accounts.left(accounts.pool(made.grant)) == before


def test_the_line_closes_when_the_budget_is_used_up_and_opens_again() -> None:
    from tests.factories.parties import the_representative
    from vouchers.actions import application as applications

    sme_call = an_open_sme_call(budget_cents=5_000_00, closes_at=CLOSING + timedelta(days=90))
    made = a_scored_application(of=sme_call)
    decide(sme_call)
    assert fresh_call(sme_call).state == S.EXHAUSTED
    applications.withdraw(
        application_id=made.pk, actor=the_representative(made.organisation), at=DECIDING
    )
    assert fresh_call(sme_call).state == S.OPEN
    assert accounts.left(accounts.call_budget(sme_call)) == 5_000_00


def test_an_unknown_list_is_a_bug() -> None:
    made = a_draft_sme_call()
    with pytest.raises(ValueError, match="has no transitions"):
        sme_calls.replace_part(
            made.pk,
            part="transitions",
            rows=[],
            actor=the_fund_manager(made.grant),
            at=PLANNING,
        )
