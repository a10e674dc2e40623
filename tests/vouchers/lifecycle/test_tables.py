"""The machines of the SME side, written by hand: these moves and no others, and by whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.lifecycle import arrows
from vouchers.lifecycle.application import ApplicationLifecycle
from vouchers.lifecycle.sme_call import SmeCallLifecycle
from vouchers.lifecycle.voucher import VoucherLifecycle
from vouchers.models.choices import ApplicationState, SmeCallState, VoucherState

if TYPE_CHECKING:
    from typing import Any

    from django.db.models import TextChoices

    from core.lifecycle import Lifecycle

CO, SYSTEM, BOTH = "consortium_coordinator", "system_only", "FM_or_system_only"
DESK = "FM_or_FO"

SME_CALL = """
draft make_ready ready FM
ready take_back draft FM_or_consortium_coordinator
ready approve ready CO
ready open open BOTH
open exhaust exhausted SYSTEM
exhausted reopen open SYSTEM
open,exhausted close closed SYSTEM
closed evaluate evaluating FM
evaluating award awarded FM
awarded contract contracting BOTH
contracting finish done FM
draft,ready,open,exhausted,closed,evaluating cancel cancelled CO
"""
APPLICATION = """
draft submit submitted sme
draft expire lapsed SYSTEM
submitted find_eligible eligible FM
submitted find_ineligible ineligible DESK
eligible score scored SYSTEM
scored reject rejected FM
scored wait waiting FM
scored,waiting award awarded BOTH
awarded accept accepted sme
awarded lapse lapsed SYSTEM
submitted,eligible,scored,waiting end_with_call rejected SYSTEM
draft,submitted,eligible,scored,waiting,awarded withdraw withdrawn sme
"""
VOUCHER = """
reserved sign_as_holder reserved sme
reserved sign_for_consortium reserved running_partner_signatory
reserved issue issued SYSTEM
issued name_provider issued sme
issued refuse_provider issued FM
issued confirm_provider provider_set FM
provider_set start in_progress sme
in_progress,partly_redeemed redeem_part partly_redeemed SYSTEM
suspended redeem_part suspended SYSTEM
in_progress,partly_redeemed,suspended redeem redeemed SYSTEM
partly_redeemed end_use redeemed FM
redeemed close closed FM
issued extend issued DESK
provider_set extend provider_set DESK
in_progress extend in_progress DESK
partly_redeemed extend partly_redeemed DESK
issued,provider_set,in_progress,partly_redeemed expire expired SYSTEM
issued,provider_set,in_progress,partly_redeemed suspend suspended DESK
suspended resume_issued issued DESK
suspended resume_provider_set provider_set DESK
suspended resume_in_progress in_progress DESK
suspended resume_partly_redeemed partly_redeemed DESK
reserved,issued,provider_set,in_progress,partly_redeemed,suspended cancel cancelled sme_or_FM
reserved,issued,provider_set,in_progress,partly_redeemed,suspended revoke revoked CO
redeemed,closed,expired revoke revoked CO
"""
NAMES = {"CO": CO, "SYSTEM": SYSTEM, "BOTH": BOTH, "DESK": DESK}
MACHINES = [
    (SmeCallLifecycle, SmeCallState, SME_CALL, {"done", "cancelled"}),
    (
        ApplicationLifecycle,
        ApplicationState,
        APPLICATION,
        {"ineligible", "rejected", "accepted", "lapsed", "withdrawn"},
    ),
    (VoucherLifecycle, VoucherState, VOUCHER, {"cancelled", "revoked"}),
]


def written(table: str) -> set[tuple[str, str, str, str]]:
    """The rows of a table, one for each source."""
    found = set()
    for row in table.strip().splitlines():
        sources, event, target, who = row.split()
        found |= {(one, event, target, NAMES.get(who, who)) for one in sources.split(",")}
    return found


@pytest.mark.parametrize(("machine", "states", "table", "ends"), MACHINES)
def test_moves_are_exactly_those_of_the_table(
    machine: type[Lifecycle[Any]], states: type[TextChoices], table: str, ends: set[str]
) -> None:
    declared = {(a.source, a.event, a.target, a.permission) for a in arrows(machine)}
    assert declared == written(table)
    sources = {row[0] for row in declared}
    targets = {row[2] for row in declared}
    assert set(states.values) - sources == ends
    assert set(states.values) - targets - {states.values[0]} == set()
