"""Who may what in one grant: each predicate asked about each person."""

from __future__ import annotations

import pytest

from tests.factories.grant import appoint
from tests.factories.grants import an_officer
from tests.factories.parties import a_member, a_person
from tests.factories.vouchers import (
    STARTING,
    a_draft_sme_call,
    a_submitted_application,
    the_fund_manager,
    the_signatory,
)
from vouchers.lifecycle.application import ApplicationLifecycle
from vouchers.lifecycle.sme_call import SmeCallLifecycle
from vouchers.permissions import (
    consortium_coordinator,
    grant_person,
    may_run_sme_calls,
    running_partner_signatory,
    sme,
)

pytestmark = pytest.mark.django_db


def test_each_predicate_lets_through_exactly_its_people() -> None:
    made = a_submitted_application()
    grant, firm = made.sme_call.grant, made.organisation
    both = appoint(grant, "FM")
    a_member(firm, person=both)
    partner = grant.beneficiaries.filter(is_coordinator=False).first()
    assert partner is not None
    people = {
        "manager": the_fund_manager(grant),
        "officer": appoint(grant, "FO"),
        "signatory": the_signatory(grant),
        "partner": appoint(grant, "FM", organisation=partner.organisation),
        "owner": firm.memberships.get(function="representative").person,
        "looker": a_member(firm),
        "both": both,
        "auditor": an_officer(grant.call, "AUD"),
        "stranger": a_person(),
    }
    lifecycle = ApplicationLifecycle(made, at=STARTING)
    allowed = {
        predicate.__name__: {name for name, one in people.items() if predicate(lifecycle, one)}
        for predicate in (
            grant_person("FM"),
            grant_person("FM", "FO"),
            consortium_coordinator,
            running_partner_signatory,
            sme,
        )
    }
    assert allowed == {
        "FM": {"manager", "partner"},
        "FM_or_FO": {"manager", "officer", "partner"},
        "consortium_coordinator": {"signatory"},
        "running_partner_signatory": {"signatory"},
        "sme": {"owner"},
    }


def test_an_sme_call_has_no_firm_of_its_own() -> None:
    sme_call = a_draft_sme_call()
    manager, stranger = the_fund_manager(sme_call.grant), a_person()
    lifecycle = SmeCallLifecycle(sme_call, at=STARTING)
    assert grant_person("FM")(lifecycle, manager)
    assert not grant_person("FM")(lifecycle, stranger)
    day = STARTING.date()
    assert may_run_sme_calls(manager, sme_call.grant_id, on=day)
    assert not may_run_sme_calls(stranger, sme_call.grant_id, on=day)
