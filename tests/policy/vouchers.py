"""The SME side. Of the world: an open first-come ``sme_call``, a ``draft_sme_call`` of the grant;
of the sme ``draft_application`` (with one file), ``application`` (handed in), ``voucher`` (running,
its PDF written); ``read_application`` which the evaluator was asked to read; ``catalogue_entry``.
``tests.factories.vouchers.sme_side`` makes them all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.policy.row import PUBLIC, SIGNED_IN, Row

if TYPE_CHECKING:
    from collections.abc import Callable

OFFICERS = {
    "programme_officer",
    "authorising_officer",
    "moderator",
    "call_finance_officer",
    "auditor",
}
CONSORTIUM = {"applicant", "partner", "fund_manager", "finance_officer"}
READERS = OFFICERS | CONSORTIUM
MANAGER = {"fund_manager"}
DESK = {"fund_manager", "finance_officer"}


def _event(noun: str, event: str) -> Callable[[Any], list[Any]]:
    return lambda world: [getattr(world, noun).pk, event]


def _file(world: Any) -> list[Any]:
    return [world.draft_application.pk, world.draft_application.files.get().pk]


def _code(world: Any) -> list[Any]:
    return [world.voucher.code]


SME_CALL = ("sme_call",)
DRAFT_CALL = ("draft_sme_call",)
DRAFT = ("draft_application",)
SENT = ("application",)
READ = ("read_application",)
VOUCHER = ("voucher",)
GRANT = ("grant",)
PROVIDER = ("catalogue_entry",)

ROWS = [
    Row("vouchers:sme_call_list", PUBLIC),
    Row("vouchers:sme_call_page", PUBLIC, of=SME_CALL),
    Row("vouchers:sme_call_desk", SIGNED_IN),
    Row("vouchers:sme_call_record", READERS, of=SME_CALL),
    Row("vouchers:sme_call_edit", MANAGER, of=DRAFT_CALL),
    Row(
        "vouchers:sme_call_part",
        MANAGER,
        arguments=lambda world: [world.draft_sme_call.pk, "services"],
    ),
    Row(
        "vouchers:sme_call_event",
        {"applicant"},
        method="post",
        arguments=_event("sme_call", "cancel"),
    ),
    Row("vouchers:sme_call_minutes", MANAGER, of=SME_CALL, method="post"),
    Row("vouchers:sme_call_applications", READERS, of=SME_CALL),
    Row("vouchers:sme_call_board", MANAGER, of=SME_CALL),
    Row("vouchers:sme_call_new", MANAGER, of=GRANT),
    Row("vouchers:application_start", SIGNED_IN, of=SME_CALL, method="post"),
    Row("vouchers:application_list", SIGNED_IN),
    Row("vouchers:review_list", SIGNED_IN),
    Row("vouchers:application_page", READERS | {"sme"}, of=SENT),
    Row("vouchers:application_edit", {"sme"}, of=DRAFT),
    Row("vouchers:application_size", {"sme"}, of=DRAFT),
    Row("vouchers:application_size_preview", {"sme"}, of=DRAFT, method="post"),
    Row("vouchers:application_files", {"sme"}, of=DRAFT),
    Row("vouchers:application_file", {"sme"}, arguments=_file),
    Row("vouchers:application_aid", set(), of=DRAFT),
    Row("vouchers:application_declare", {"sme"}, of=DRAFT),
    Row("vouchers:application_accept", {"sme"}, of=SENT),
    Row(
        "vouchers:application_event",
        {"sme"},
        method="post",
        arguments=_event("application", "withdraw"),
    ),
    Row("vouchers:application_check", DESK, of=SENT),
    Row("vouchers:application_linked", DESK, of=SENT),
    Row("vouchers:application_eligible", DESK, of=SENT, method="post"),
    Row("vouchers:application_refuse", DESK, of=SENT, method="post"),
    Row("vouchers:application_refusal_drop", DESK, of=SENT, method="post"),
    Row("vouchers:application_settle", DESK, of=SENT, method="post"),
    Row("vouchers:application_ask", DESK, of=SENT, method="post"),
    Row("vouchers:application_review", {"evaluator"}, of=READ),
    Row("vouchers:application_decline", {"evaluator"}, of=READ, method="post"),
    Row("vouchers:voucher_mine", SIGNED_IN),
    Row("vouchers:voucher_desk", SIGNED_IN),
    Row("vouchers:voucher_page", READERS | {"sme"}, of=VOUCHER),
    Row("vouchers:voucher_event", DESK, method="post", arguments=_event("voucher", "suspend")),
    Row("vouchers:voucher_provider", {"sme"}, of=VOUCHER),
    Row("vouchers:voucher_start", {"sme"}, of=VOUCHER),
    Row("vouchers:voucher_extension", DESK, of=VOUCHER),
    Row("vouchers:voucher_extension_refuse", DESK, of=VOUCHER, method="post"),
    Row("vouchers:voucher_agreement", READERS | {"sme"}, of=VOUCHER),
    Row("vouchers:voucher_print", READERS | {"sme"}, of=VOUCHER),
    Row("vouchers:voucher_pdf", READERS | {"sme"}, of=VOUCHER),
    Row("vouchers:voucher_verify", PUBLIC),
    Row("vouchers:voucher_scan", PUBLIC, arguments=_code),
    Row("vouchers:provider_list", MANAGER, of=GRANT),
    Row("vouchers:provider_new", MANAGER, of=GRANT),
    Row("vouchers:provider_approve", MANAGER, of=PROVIDER, method="post"),
    Row("vouchers:provider_take_off", MANAGER, of=PROVIDER, method="post"),
]
