"""Grants, payments and periodic reports: officers of the call and the partners, each their part.

The grant of the world is active, its first report is open, its payment (the prefinancing) is due;
``beneficiary`` is the partner's row, ``statement`` the partner's statement of that report. Nobody
finds a page on which nothing is asked of them now.
"""

from __future__ import annotations

from typing import Any

from tests.policy.row import SIGNED_IN, Row

OFFICERS = {
    "programme_officer",
    "authorising_officer",
    "moderator",
    "call_finance_officer",
    "auditor",
}
CONSORTIUM = {"applicant", "partner", "fund_manager", "finance_officer"}
READERS = OFFICERS | CONSORTIUM
COORDINATOR = {"applicant", "fund_manager", "finance_officer"}


def _event(noun: str, event: str) -> Any:
    return lambda world: [getattr(world, noun).pk, event]


def _file(world: Any) -> list[Any]:
    return [world.grant.pk, world.grant.agreement_id]


def _account(world: Any) -> list[Any]:
    return [world.grant.pk, "B.POOL"]


def _account_of_one(world: Any) -> list[Any]:
    return [world.grant.pk, "B.VCH", "00000000-0000-0000-0000-000000000000"]


def _event_of_book(world: Any) -> list[Any]:
    return [world.grant.pk, world.grant.book.events.order_by("pk")[0].pk]


def _no_balance(world: Any) -> list[Any]:
    return [world.grant.pk, 0]


def _no_closing(world: Any) -> list[Any]:
    return [world.grant.pk, "00000000-0000-0000-0000-000000000000", "confirm"]


def _role(world: Any) -> list[Any]:
    own = world.grant.roles.filter(organisation=world.grant.coordinator)
    return [world.grant.pk, own.order_by("pk")[0].pk]


def _line(world: Any) -> list[Any]:
    return [world.statement.pk, world.cost_line.pk]


ROWS = [
    Row("grants:grant_list", SIGNED_IN),
    Row("grants:grant_detail", READERS, of=("grant",)),
    Row(
        "grants:grant_event",
        {"authorising_officer"},
        method="post",
        arguments=_event("grant", "suspend"),
    ),
    Row("grants:grant_prepare", {"programme_officer"}, of=("proposal",)),
    Row(
        "grants:proposal_invite",
        OFFICERS,
        of=("proposal",),
        method="post",
    ),
    Row("grants:grant_exclusion", {"programme_officer"}, of=("grant",)),
    Row("grants:grant_sign", set(), of=("grant",)),
    Row("grants:grant_file", READERS, arguments=_file),
    Row("grants:grant_people", {"applicant", "partner"}, of=("grant",)),
    Row("grants:grant_role_end", {"applicant"}, method="post", arguments=_role),
    Row("grants:partner_pay", {"fund_manager", "finance_officer"}, of=("grant",)),
    Row("grants:grant_settle", set(), of=("grant",)),
    Row("grants:grant_ledger", READERS, of=("grant",)),
    Row("grants:grant_account", READERS, arguments=_account),
    Row("grants:grant_account_entries", READERS, arguments=_account_of_one),
    Row("grants:grant_ledger_event", READERS, arguments=_event_of_book),
    Row("grants:grant_ledger_document", OFFICERS | COORDINATOR, arguments=_event_of_book),
    Row("grants:grant_trial", READERS, of=("grant",)),
    Row("grants:grant_open_balances", READERS, of=("grant",)),
    Row("grants:trial_balance_all", SIGNED_IN),
    Row("grants:open_balances_all", SIGNED_IN),
    Row("grants:grant_bank", READERS, of=("grant",)),
    Row("grants:grant_bank_paper", set(), arguments=_no_balance),
    Row("grants:bank_balance_add", {"fund_manager", "finance_officer"}, of=("grant",)),
    Row("grants:period_close", {"fund_manager", "finance_officer"}, of=("grant",)),
    Row("grants:period_decide", set(), arguments=_no_closing, method="post"),
    Row("grants:beneficiary_declare", {"partner"}, of=("beneficiary",)),
    Row("grants:beneficiary_accede", {"partner"}, of=("beneficiary",)),
    Row("grants:payment_list", SIGNED_IN),
    Row("grants:payment_detail", OFFICERS | COORDINATOR, of=("payment",)),
    Row(
        "grants:payment_event",
        {"call_finance_officer"},
        method="post",
        arguments=_event("payment", "prepare"),
    ),
    Row("grants:payment_bank", {"call_finance_officer"}, of=("payment",)),
    Row(
        "grants:payment_bank_withdraw",
        OFFICERS | COORDINATOR,
        of=("payment",),
        method="post",
    ),
    Row("grants:payment_order", set(), of=("payment",)),
    Row("grants:periodic_report_detail", READERS, of=("periodic_report",)),
    Row(
        "grants:periodic_report_event",
        READERS,
        method="post",
        arguments=_event("periodic_report", "send_back"),
    ),
    Row("grants:periodic_report_summary", {"applicant", "fund_manager"}, of=("periodic_report",)),
    Row("grants:periodic_report_submit", {"applicant", "fund_manager"}, of=("periodic_report",)),
    Row("grants:periodic_report_assess", set(), of=("periodic_report",)),
    Row("grants:statement_detail", READERS, of=("statement",)),
    Row("grants:statement_terms", {"partner"}, of=("statement",)),
    Row("grants:statement_certificate", {"partner"}, of=("statement",)),
    Row("grants:statement_certificate_file", set(), of=("statement",)),
    Row("grants:statement_sign", {"partner"}, of=("statement",), method="post"),
    Row("grants:statement_take_back", {"partner"}, of=("statement",), method="post"),
    Row("grants:cost_line_remove", {"partner"}, method="post", arguments=_line),
]
