"""Claims: the SME writes, the fund manager checks, the finance officer certifies and recovers.

Of the world: the sme's ``draft_claim`` (with its file), ``claim`` (handed in) and ``paid_claim``,
whose recovery the finance officers' desk has proposed.
"""

from __future__ import annotations

from typing import Any

from tests.policy.row import SIGNED_IN, Row
from tests.policy.vouchers import READERS

SME = {"sme"}
PAYS = {"finance_officer"}
OWN = ("draft_claim",)
SENT = ("claim",)
PAID = ("paid_claim",)


def _own_file(world: Any) -> list[Any]:
    return [world.draft_claim.pk, world.draft_claim.evidence.get().pk]


def _file(world: Any) -> list[Any]:
    return [world.claim.pk, world.claim.evidence.get().pk]


def _foreign_file(world: Any) -> list[Any]:
    """A file of another claim under the address of this one."""
    return [world.claim.pk, world.paid_claim.evidence.get().pk]


ROWS = [
    Row("vouchers:claim_desk", SIGNED_IN),
    Row("vouchers:claim_start", SME, of=("voucher",), method="post"),
    Row("vouchers:claim_detail", READERS | SME, of=SENT),
    Row("vouchers:claim_detail", SME, of=OWN),
    Row("vouchers:claim_edit", SME, of=OWN),
    Row("vouchers:claim_edit", SME, of=SENT),
    Row("vouchers:claim_file", READERS | SME, arguments=_file),
    Row("vouchers:claim_file", SME, arguments=_own_file),
    Row("vouchers:claim_file", set(), arguments=_foreign_file),
    Row("vouchers:claim_event", SME, method="post", arguments=lambda w: [w.claim.pk, "withdraw"]),
    Row(
        "vouchers:claim_event",
        {"fund_manager"},
        method="post",
        arguments=lambda w: [w.claim.pk, "check"],
    ),
    Row("vouchers:claim_event", set(), method="post", arguments=lambda w: [w.claim.pk, "pay"]),
    Row("vouchers:claim_lines", {"fund_manager"}, of=SENT),
    Row("vouchers:claim_screen", PAYS, of=SENT, method="post"),
    Row("vouchers:recovery_new", PAYS, of=PAID),
    Row("vouchers:recovery_decide", PAYS, of=PAID, method="post"),
]
