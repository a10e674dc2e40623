"""Calls and proposals: a call is public, a proposal its consortium's and, unsealed, the officers'.

The world's proposal has its grant, so nothing of it can be written any more: who may try gets a
refusal with its reason, everybody else finds nothing.
"""

from __future__ import annotations

from typing import Any

from core.documents import store
from grants.actions import letter as letters
from grants.actions import submission
from grants.models import CallRole
from tests.factories.grants import WRITING, a_pdf
from tests.policy.row import PUBLIC, SIGNED_IN, Row

OFFICERS = {
    "programme_officer",
    "authorising_officer",
    "moderator",
    "call_finance_officer",
    "auditor",
}
SIGNATORIES = {"applicant", "partner"}
# Those of the grant are members of the coordinator, so that they write with it.
CONSORTIUM = SIGNATORIES | {"fund_manager", "finance_officer"}
SETS_UP = {"programme_officer"}
NAMES = {"programme_officer", "authorising_officer"}


def identifier(world: Any) -> list[Any]:
    """The call as the public knows it."""
    return [world.proposal.call.identifier]


def call(world: Any) -> list[Any]:
    return [world.proposal.call_id]


def part(world: Any) -> list[Any]:
    return [world.proposal.pk, "summary"]


def annex(world: Any) -> list[Any]:
    """A file of the working copy."""
    return [world.proposal.pk, world.proposal.annexes.order_by("pk")[0].pk]


def partner(world: Any) -> list[Any]:
    """A member of the consortium that is not its coordinator."""
    return [world.proposal.pk, world.proposal.partners.get(position=2).pk]


def version(world: Any) -> list[Any]:
    return [world.proposal.pk, world.proposal.version.number]


def a_document(world: Any) -> Any:
    """Some printed paper."""
    return store(
        a_pdf(),
        kind="policy",
        name="paper.pdf",
        media_type="application/pdf",
        actor=world.applicant,
        at=WRITING,
    )


def receipt(world: Any) -> list[Any]:
    """The printed receipt of the version that counts."""
    submission.attach_receipt(world.proposal.version.pk, document=a_document(world))
    return version(world)


def letter(world: Any) -> list[Any]:
    """A letter that the consortium has."""
    return [world.proposal.pk, world.proposal.letters.order_by("sent_at", "pk")[0].pk]


def opened_letter(world: Any) -> list[Any]:
    """The same, printed and opened."""
    found = world.proposal.letters.order_by("sent_at", "pk")[0]
    letters.attach(found.pk, document=a_document(world))
    letters.open_letter(found.pk, actor=world.applicant, at=found.sent_at)
    return letter(world)


def sealed(world: Any) -> list[Any]:
    """A file of the version that counts."""
    return [world.proposal.pk, world.proposal.version.content["annexes"][0]["code"]]


def decision(world: Any) -> list[Any]:
    return [world.proposal.decisions.order_by("pk")[0].pk]


def criterion(world: Any) -> list[Any]:
    rows = world.proposal.call.criteria.order_by("position")
    return [world.proposal.call_id, "criteria", rows[0].pk]


def office(world: Any) -> list[Any]:
    """The moderator's."""
    row = CallRole.objects.get(call=world.proposal.call_id, role="MOD", person=world.moderator)
    return [world.proposal.call_id, row.pk]


PUBLIC_ROWS = [
    Row("grants:call_list", PUBLIC),
    Row("grants:call_page", PUBLIC, arguments=identifier),
    Row("grants:receipt_verify", PUBLIC),
]
CONSORTIUM_ROWS = [
    Row("grants:proposal_list", SIGNED_IN),
    Row("grants:proposal_begin", SIGNED_IN, arguments=identifier),
    Row("grants:proposal_page", CONSORTIUM, of=("proposal",)),
    Row("grants:proposal_describe", CONSORTIUM, of=("proposal",)),
    Row("grants:section_edit", CONSORTIUM, arguments=part),
    Row("grants:annex_list", CONSORTIUM, of=("proposal",)),
    Row("grants:annex_add", CONSORTIUM, arguments=lambda world: [world.proposal.pk, "part-b"]),
    Row("grants:annex_file", CONSORTIUM, arguments=annex),
    Row("grants:annex_remove", {"applicant"}, method="post", arguments=annex),
    Row("grants:partner_list", CONSORTIUM, of=("proposal",)),
    Row("grants:partner_invite", CONSORTIUM, of=("proposal",)),
    Row("grants:partner_add", CONSORTIUM, of=("proposal",)),
    Row(
        "grants:partner_do",
        {"applicant"},
        method="post",
        arguments=lambda world: [*partner(world), "remove"],
    ),
    Row(
        "grants:partner_confirm",
        SIGNATORIES,
        method="post",
        data={"share": "1"},
        arguments=partner,
    ),
    Row("grants:proposal_join", set(), of=("proposal",)),
    Row("grants:budget_edit", CONSORTIUM, of=("proposal",)),
    Row("grants:proposal_submit", CONSORTIUM, of=("proposal",)),
    Row(
        "grants:proposal_do",
        CONSORTIUM,
        method="post",
        arguments=lambda world: [world.proposal.pk, "withdraw"],
    ),
    Row("grants:version_list", CONSORTIUM, of=("proposal",)),
    Row("grants:version_page", CONSORTIUM, arguments=version),
    Row("grants:receipt_file", CONSORTIUM, arguments=receipt),
    Row("grants:proposal_outcome", CONSORTIUM, of=("proposal",)),
    Row("grants:letter_open", SIGNATORIES, method="post", arguments=letter),
    Row("grants:letter_file", CONSORTIUM, arguments=opened_letter),
]
DESK_ROWS = [
    Row("grants:call_desk", SIGNED_IN),
    Row("grants:call_new", NAMES),
    Row("grants:call_setup", OFFICERS, arguments=call),
    Row("grants:call_change", SETS_UP, arguments=call),
    Row("grants:call_correct", {"authorising_officer"}, arguments=call),
    Row("grants:officer_add", NAMES, arguments=call),
    Row("grants:officer_end", NAMES, method="post", arguments=office),
    Row("grants:call_row_add", SETS_UP, arguments=lambda world: [*call(world), "strands"]),
    Row("grants:call_row_change", SETS_UP, arguments=criterion),
    Row("grants:call_row_remove", SETS_UP, method="post", arguments=criterion),
    Row("grants:proposal_desk", OFFICERS, arguments=call),
    Row("grants:check_desk", OFFICERS, arguments=call),
    Row(
        "grants:call_do",
        OFFICERS,
        method="post",
        arguments=lambda world: [*call(world), "publish"],
    ),
    Row("grants:proposal_check", OFFICERS, of=("proposal",)),
    Row(
        "grants:proposal_decide",
        {"programme_officer"},
        of=("proposal",),
        method="post",
        data={"verdict": "admit"},
    ),
    Row("grants:sealed_file", OFFICERS, arguments=sealed),
    Row("grants:refusal_confirm", {"programme_officer"}, method="post", arguments=decision),
    Row(
        "grants:refusal_return",
        {"programme_officer"},
        method="post",
        data={"note": "x"},
        arguments=decision,
    ),
]
ROWS = [*PUBLIC_ROWS, *CONSORTIUM_ROWS, *DESK_ROWS]
