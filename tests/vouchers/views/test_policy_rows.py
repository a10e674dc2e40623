"""Every address of the SME side asked as everybody concerned; all is walked in tests/policy."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from core import clock, documents
from core.models import Job, Person
from tests.factories.grant import an_active_grant, appoint
from tests.factories.grants import an_officer
from tests.factories.parties import a_person, an_sme, the_representative
from tests.factories.vouchers import STARTING, sme_side, the_fund_manager, the_signatory
from tests.policy.vouchers import ROWS

if TYPE_CHECKING:
    from tests.policy.row import Row

pytestmark = pytest.mark.django_db


def gets_in(row: Row, person: Person | None, world: SimpleNamespace) -> bool:
    client = Client()
    if person:
        client.force_login(person)
    keys = [getattr(world, name).pk for name in row.of]
    arguments = row.arguments(world) if row.arguments else keys
    with clock.standing_at(STARTING), transaction.atomic():
        answer = getattr(client, row.method)(reverse(row.name, args=arguments), secure=True)
        transaction.set_rollback(True)
    status: int = answer.status_code
    answer.close()
    is_sign_in = status == 302 and answer.headers["Location"].startswith(reverse("account_login"))
    return status != 404 and not is_sign_in


def test_each_address_lets_in_exactly_whom_its_row_names() -> None:
    grant = an_active_grant()
    firm, evaluator = an_sme(), a_person()
    people: dict[str, Person | None] = {
        "visitor": None,
        "stranger": a_person(),
        "evaluator": evaluator,
        "sme": the_representative(firm),
        "other_sme": the_representative(an_sme()),
        "fund_manager": the_fund_manager(grant),
        "finance_officer": appoint(grant, "FO"),
        "applicant": the_signatory(grant),
        "auditor": an_officer(grant.call, "AUD"),
    }
    world = SimpleNamespace(grant=grant, **sme_side(grant, sme=firm, evaluator=evaluator))
    paper = documents.store(
        b"%PDF-1.7",
        kind="voucher",
        name="v.pdf",
        media_type=documents.PDF,
        actor=Person.objects.system(),
        at=STARTING,
    )
    Job.objects.filter(key=f"voucher:{world.voucher.pk}").update(result=paper)
    wrong = [
        (row.name, name)
        for row in ROWS
        for name, person in people.items()
        if gets_in(row, person, world) is not (name in row.allow)
    ]
    assert wrong == []
