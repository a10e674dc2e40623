from __future__ import annotations

import pytest
from django.db import connection

from demo.bench import copies
from grants.models import Check, Partner, Proposal, ProposalVersion
from tests.factories.grants import a_frozen_proposal

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_sqlite() -> None:
    """The bench makes a SQLite database of its own, whatever the product runs on."""
    if connection.vendor != "sqlite":
        pytest.skip("the bench always runs on SQLite")


def test_a_copy_has_everything_that_hangs_on_its_original() -> None:
    made = a_frozen_proposal()
    before = {m: m._default_manager.count() for m in (Check, Partner, ProposalVersion)}
    copies.multiply(Proposal.objects.filter(pk=made.pk), times=3, numbered=10)
    connection.check_constraints()
    assert {m: m._default_manager.count() for m in before} == {m: 4 * n for m, n in before.items()}
    rows = Proposal.objects.order_by("number")
    assert [row.number - made.number for row in rows] == [0, 10, 20, 30]
    for row in rows:
        assert row.state == made.state
        assert row.version is not None
        assert row.version.proposal_id == row.pk
        assert [one.event for one in row.transitions.order_by("pk")] == [
            one.event for one in made.transitions.order_by("pk")
        ]


def test_what_was_not_chosen_is_not_copied() -> None:
    made = a_frozen_proposal()
    copies.multiply(Proposal.objects.none(), times=2, numbered=10)
    copies.multiply(Proposal.objects.filter(pk=made.pk), times=0, numbered=10)
    assert Proposal.objects.count() == 1
