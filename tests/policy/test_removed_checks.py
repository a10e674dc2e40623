"""Checks taken away one by one: the policy's questions find each of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import URLResolver, get_resolver

from core.lifecycle import moves
from grants.lifecycle.grant import GrantLifecycle
from grants.lifecycle.payment import PaymentLifecycle
from grants.models.call import CallQuerySet
from grants.models.consensus import ConsensusQuerySet
from grants.models.evaluation import IndividualReportQuerySet
from grants.models.grant import GrantQuerySet
from grants.models.payment import PaymentQuerySet
from grants.models.proposal import ProposalQuerySet
from parties.models.organisation import OrganisationQuerySet
from tests.policy import asking
from tests.policy.test_policy import ROWS
from vouchers.lifecycle.claim import ClaimLifecycle
from vouchers.models.application import ApplicationQuerySet
from vouchers.models.claim import ClaimQuerySet
from vouchers.models.sme_call import SmeCallQuerySet
from vouchers.models.voucher import VoucherQuerySet
from vouchers.views import claim as claim_views
from vouchers.views import reach

if TYPE_CHECKING:
    from types import SimpleNamespace

    from core.lifecycle import Lifecycle

Removal = Callable[[pytest.MonkeyPatch], None]


def everything(queryset: type[Any], method: str) -> Removal:
    """The rows that a person may see become all rows."""
    return lambda patch: patch.setattr(queryset, method, lambda self, *_a, **_k: self.all())


def true(module: Any, predicate: str) -> Removal:
    """A question about a person is always answered by yes."""
    return lambda patch: patch.setattr(module, predicate, lambda *_a, **_k: True)


def anybody(lifecycle: type[Lifecycle[Any]], event: str) -> Removal:
    """A move asks for no right."""

    def remove(patch: pytest.MonkeyPatch) -> None:
        for name, move in moves(lifecycle):
            if name == event:
                patch.setattr(move, "permission", lambda *_: True)

    return remove


def open_door(name: str) -> Removal:
    """The view's decorator is gone, and says that anybody may come."""

    def remove(patch: pytest.MonkeyPatch) -> None:
        namespace, short = name.split(":")
        for entry in pattern_lists(namespace):
            if entry.name == short:
                inner = entry.callback.__wrapped__
                patch.setattr(inner, "access", "public", raising=False)
                patch.setattr(entry, "callback", inner)

    return remove


def pattern_lists(namespace: str) -> list[Any]:
    """The addresses of an app."""
    return [
        entry
        for resolver in get_resolver().url_patterns
        if isinstance(resolver, URLResolver) and resolver.namespace == namespace
        for entry in resolver.url_patterns
    ]


REMOVALS: dict[str, tuple[Removal, str]] = {
    "officers of a call": (everything(CallQuerySet, "run_by"), "grants:call_setup"),
    "members of a proposal": (everything(ProposalQuerySet, "of_member"), "grants:proposal_page"),
    "officers of a proposal": (everything(ProposalQuerySet, "run_by"), "grants:proposal_check"),
    "readers of a report": (
        everything(IndividualReportQuerySet, "visible_to"),
        "grants:individual_report_detail",
    ),
    "readers of a consensus": (
        everything(ConsensusQuerySet, "visible_to"),
        "grants:consensus_detail",
    ),
    "readers of a grant": (everything(GrantQuerySet, "visible_to"), "grants:grant_detail"),
    "readers of its ledger": (everything(GrantQuerySet, "visible_to"), "grants:grant_ledger"),
    "readers of a payment": (everything(PaymentQuerySet, "visible_to"), "grants:payment_detail"),
    "readers of an organisation": (
        everything(OrganisationQuerySet, "visible_to"),
        "parties:organisation_detail",
    ),
    "the desk of an SME call": (everything(SmeCallQuerySet, "run_by"), "vouchers:sme_call_record"),
    "readers of an application": (
        everything(ApplicationQuerySet, "visible_to"),
        "vouchers:application_page",
    ),
    "readers of a voucher": (everything(VoucherQuerySet, "visible_to"), "vouchers:voucher_page"),
    "readers of a claim": (everything(ClaimQuerySet, "visible_to"), "vouchers:claim_detail"),
    "files of a claim": (everything(ClaimQuerySet, "visible_to"), "vouchers:claim_file"),
    "the holder of a voucher": (true(reach, "acts_for"), "vouchers:voucher_provider"),
    "the fund manager": (true(reach, "holds"), "vouchers:sme_call_board"),
    "who writes a claim": (true(claim_views, "acts_for"), "vouchers:claim_edit"),
    "who certifies": (true(claim_views, "paying_officer"), "vouchers:claim_screen"),
    "who checks a claim": (anybody(ClaimLifecycle, "check"), "vouchers:claim_event"),
    "who suspends a grant": (anybody(GrantLifecycle, "suspend"), "grants:grant_event"),
    "who prepares a payment": (anybody(PaymentLifecycle, "prepare"), "grants:payment_event"),
    "signing in": (open_door("grants:payment_list"), "grants:payment_list"),
    "signing in for claims": (open_door("vouchers:claim_desk"), "vouchers:claim_desk"),
}


def wrong(name: str, world: SimpleNamespace) -> list[str]:
    """What the questions about one address find."""
    found = []
    for row in ROWS:
        if row.name == name:
            found += asking.differences(row, world, world.browsers)
    return found


@pytest.mark.parametrize("check", REMOVALS)
def test_a_check_that_is_taken_away_is_missed(
    check: str, world: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    remove, name = REMOVALS[check]
    assert wrong(name, world) == []
    with monkeypatch.context() as patch:
        remove(patch)
        assert wrong(name, world), f"nobody noticed: {check}"
