from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from core.errors import DomainError, NotAllowed, Refused
from core.models import Mail, Person
from ledger.api import invariants
from tests.factories.parties import (
    a_link,
    a_member,
    a_person,
    an_expert,
    an_sme,
    the_representative,
)
from tests.factories.vouchers import (
    APPLYING,
    DECIDING,
    a_scored_application,
    a_second_fund_manager,
    a_submitted_application,
    an_awarded_application,
    an_eligible_application,
    an_open_sme_call,
    close,
    decide,
    evaluate,
    find_eligible,
    fresh,
    the_fund_manager,
)
from vouchers import accounts
from vouchers.actions import decision, expiry, review, sme_status
from vouchers.actions import sme_call as sme_calls
from vouchers.models import Application, CapMember

pytestmark = pytest.mark.django_db
A = Application.State


def representative(of: Application) -> Person:
    return the_representative(of.organisation)


def test_a_difference_in_size_blocks_until_it_is_settled() -> None:
    made = a_submitted_application(headcount="60", declared="small")
    manager = the_fund_manager(made.sme_call.grant)
    with pytest.raises(Refused, match="Settle the difference"):
        find_eligible(made)
    with pytest.raises(NotAllowed):
        sme_status.settle(
            made.pk, settled_as="medium", note="x", actor=representative(made), at=DECIDING
        )
    with pytest.raises(DomainError, match="what settles"):
        sme_status.settle(made.pk, settled_as="medium", note=" ", actor=manager, at=DECIDING)
    sme_status.settle(
        made.pk, settled_as="medium", note="Accounts seen.", actor=manager, at=DECIDING
    )
    assert find_eligible(fresh(made)).state == A.ELIGIBLE
    with pytest.raises(Refused, match="not later"):
        sme_status.settle(made.pk, settled_as="large", note="x", actor=manager, at=DECIDING)


def test_who_is_no_sme_is_not_eligible() -> None:
    made = a_submitted_application(headcount="250", declared="large")
    with pytest.raises(Refused, match="not an SME"):
        find_eligible(made)


@pytest.mark.parametrize("days", [-1, 31])
def test_the_look_up_is_fresh_and_not_ahead(days: int) -> None:
    made = a_submitted_application()
    with pytest.raises(DomainError, match="last 30 days") as refused:
        decision.find_eligible(
            application_id=made.pk,
            checked_on=DECIDING.date() - timedelta(days=days),
            actor=the_fund_manager(made.sme_call.grant),
            at=DECIDING,
        )
    assert refused.value.field == "checked_on"


def test_a_refusal_takes_two_persons_and_a_letter() -> None:
    made = a_submitted_application()
    grant = made.sme_call.grant
    first, second = the_fund_manager(grant), a_second_fund_manager(grant)
    with pytest.raises(Refused, match="second person"):
        decision.confirm_refusal(application_id=made.pk, actor=second, at=DECIDING)
    for values in ({"ground": "", "reason": "x"}, {"ground": "incomplete", "reason": " "}):
        with pytest.raises(DomainError):
            decision.propose_refusal(made.pk, actor=first, at=DECIDING, **values)
    decision.propose_refusal(
        made.pk, ground="incomplete", reason="No plan.", actor=first, at=DECIDING
    )
    with pytest.raises(Refused, match="waits for a second person"):
        decision.propose_refusal(
            made.pk, ground="incomplete", reason="No plan.", actor=second, at=DECIDING
        )
    with pytest.raises(Refused, match="second person"):
        decision.confirm_refusal(application_id=made.pk, actor=first, at=DECIDING)
    decision.drop_refusal(made.pk, actor=second, at=DECIDING)
    decision.propose_refusal(
        made.pk, ground="incomplete", reason="No plan.", actor=second, at=DECIDING
    )
    done = decision.confirm_refusal(application_id=made.pk, actor=first, at=DECIDING)
    assert done.state == A.INELIGIBLE
    assert "No plan." in Mail.objects.get(subject__contains="is not eligible").text


def test_nobody_decides_on_the_own_firm() -> None:
    sme_call = an_open_sme_call()
    manager = the_fund_manager(sme_call.grant)
    sme = an_sme()
    a_member(sme, person=manager)
    made = a_submitted_application(of=sme_call, sme=sme)
    with pytest.raises(NotAllowed):
        find_eligible(made)
    with pytest.raises(NotAllowed):
        decision.propose_refusal(
            made.pk, ground="incomplete", reason="x", actor=manager, at=DECIDING
        )


def test_two_evaluators_agree_or_a_third_is_asked() -> None:
    made = evaluate(an_eligible_application(), totals=(10, 24))
    assert (made.state, made.total) == (A.ELIGIBLE, None)
    done = evaluate(made, totals=(22,))
    assert (done.state, done.total) == (A.SCORED, Decimal(23))


def test_a_third_is_not_asked_while_two_may_agree() -> None:
    made = an_eligible_application()
    manager = the_fund_manager(made.sme_call.grant)
    for _number in range(2):
        review.ask(made.pk, evaluator=a_person(), actor=manager, at=DECIDING)
    with pytest.raises(Refused, match="third comes only"):
        review.ask(made.pk, evaluator=a_person(), actor=manager, at=DECIDING)


def test_an_evaluator_of_the_firm_is_refused_and_one_who_declines_is_replaced() -> None:
    made = an_eligible_application()
    manager, insider = the_fund_manager(made.sme_call.grant), a_member(made.organisation)
    with pytest.raises(Refused, match="belongs to the applicant"):
        review.ask(made.pk, evaluator=insider, actor=manager, at=DECIDING)
    shy = a_person()
    review.ask(made.pk, evaluator=shy, actor=manager, at=DECIDING)
    with pytest.raises(DomainError, match="why you decline"):
        review.decline(made.pk, reason="", actor=shy, at=DECIDING)
    review.decline(made.pk, reason="A cousin works there.", actor=shy, at=DECIDING)
    with pytest.raises(NotAllowed):
        review.decline(made.pk, reason="again", actor=shy, at=DECIDING)
    assert evaluate(fresh(made)).state == A.SCORED


def test_marks_keep_scale_and_step_and_say_no_conflict() -> None:
    made = an_eligible_application()
    manager, judge = the_fund_manager(made.sme_call.grant), a_person()
    review.ask(made.pk, evaluator=judge, actor=manager, at=DECIDING)
    first, second = made.sme_call.criteria.order_by("position")

    def hand_in(one: str, other: str, *, comment: str = "Good.", free: bool = True) -> None:
        marks = {first.pk: Decimal(one), second.pk: Decimal(other)}
        review.hand_in(
            made.pk, marks=marks, comment=comment, has_no_conflict=free, actor=judge, at=DECIDING
        )

    with pytest.raises(DomainError, match="steps of 1"):
        hand_in("20.5", "1")
    with pytest.raises(DomainError, match="from 0 to 10"):
        hand_in("20", "11")
    with pytest.raises(DomainError, match="decline"):
        hand_in("20", "10", free=False)
    with pytest.raises(DomainError, match="comment"):
        hand_in("20", "10", comment=" ")
    hand_in("20", "10")
    with pytest.raises(Refused, match="already"):
        hand_in("20", "10")


def test_an_award_reserves_money_and_head_room() -> None:
    made = an_awarded_application()
    assert made.cap_group is not None
    assert accounts.left(accounts.reserve(made)) == 5_000_00
    assert accounts.left(accounts.cap_used(made.cap_group)) == 5_000_00
    assert accounts.left(accounts.cap_room(made.cap_group)) == 55_000_00
    assert made.accept_until == DECIDING + timedelta(days=15)
    assert invariants(made.sme_call.grant.book) == []


def test_linked_enterprises_share_one_cap() -> None:
    service = {"kind": "green", "title": "Project", "activities": "All", "amount_cents": 40_000_00}
    sme_call = an_open_sme_call(services=[service], budget_cents=200_000_00, scheme="lump_sum")
    mother, daughter = an_sme(), an_sme()
    a_link(mother, daughter, share_bp=10_000)
    one = a_scored_application(of=sme_call, sme=mother)
    two = a_scored_application(of=sme_call, sme=daughter, at=APPLYING + timedelta(hours=1))
    decide(sme_call)
    assert [fresh(one).state, fresh(two).state] == [A.AWARDED, A.REJECTED]
    reason = fresh(two).decisions.get(kind="reject").reason
    assert "linked enterprises would pass EUR\u00a060,000.00" in reason
    assert CapMember.objects.count() == 1


def test_first_come_first_served_is_never_overtaken() -> None:
    sme_call = an_open_sme_call(budget_cents=5_000_00)
    first = an_eligible_application(of=sme_call)
    second = a_scored_application(of=sme_call, at=APPLYING + timedelta(hours=1))
    with pytest.raises(Refused, match="first in line has no total"):
        decide(sme_call)
    evaluate(first)
    decide(sme_call)
    assert [fresh(first).state, fresh(second).state] == [A.AWARDED, A.WAITING]
    assert [fresh(first).place, fresh(second).place] == [1, 2]


def test_a_lapsed_award_goes_to_the_next_in_line() -> None:
    sme_call = an_open_sme_call(budget_cents=5_000_00)
    first = a_scored_application(of=sme_call)
    second = a_scored_application(of=sme_call, at=APPLYING + timedelta(hours=1))
    decide(sme_call)
    late = DECIDING + timedelta(days=15, seconds=1)
    assert expiry.lapse_awards(late) == 1
    assert [fresh(first).state, fresh(second).state] == [A.LAPSED, A.AWARDED]
    assert accounts.left(accounts.call_budget(sme_call)) == 0
    group = fresh(first).cap_group
    assert group is not None
    assert accounts.left(accounts.cap_used(group)) == 0
    assert invariants(sme_call.grant.book) == []


def test_de_minimis_counts_what_was_declared_and_what_came_since() -> None:
    sme_call = an_open_sme_call(regime="de_minimis", order="ranked")
    fits = a_submitted_application(of=sme_call, aid_cents=29_500_000)
    over = a_submitted_application(of=sme_call, aid_cents=29_500_001)
    manager = the_fund_manager(sme_call.grant)
    close(sme_call)
    for one in (fits, over):
        find_eligible(one)
    sme_calls.evaluate(sme_call_id=sme_call.pk, actor=manager, at=DECIDING)
    for one in (fits, over):
        evaluate(fresh(one))

    decide(sme_call)
    assert [fresh(fits).state, fresh(over).state] == [A.AWARDED, A.REJECTED]
    assert "de minimis" in fresh(over).decisions.get(kind="reject").reason


@pytest.mark.parametrize(
    ("distance", "country", "refused"),
    [
        ("other_country", "BE", True),
        ("other_country", "FR", False),
        ("other_region", "BE", True),
        ("other_region", "FR", False),
    ],
)
def test_evaluators_keep_the_call_s_distance(distance: str, country: str, refused: bool) -> None:
    made = an_eligible_application(of=an_open_sme_call(distance=distance))
    manager = the_fund_manager(made.sme_call.grant)
    judge = an_expert(country=country).person
    if refused:
        with pytest.raises(Refused, match="further away"):
            review.ask(made.pk, evaluator=judge, actor=manager, at=DECIDING)
    else:
        review.ask(made.pk, evaluator=judge, actor=manager, at=DECIDING)
    with pytest.raises(Refused, match="no expert profile"):
        review.ask(made.pk, evaluator=a_person(), actor=manager, at=DECIDING)
