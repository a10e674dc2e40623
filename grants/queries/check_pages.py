"""One proposal on the checks desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core.models import Document
from core.presentation.tables import Column, Table
from core.tags import tag_for
from grants.models import CallRole, Proposal
from grants.permissions import is_in_consortium
from grants.queries.findings import rule_name
from grants.rules.deadline import months_after
from parties.rules.days import day_of

if TYPE_CHECKING:
    from datetime import date

    from core.models import Person
    from grants.models import EligibilityDecision


def check_context(proposal: Proposal, *, person: Person, on: date) -> dict[str, Any]:
    """Findings, sealed content, decisions, and what this officer may do: six statements."""
    decisions = list(
        proposal.decisions.select_related("proposed_by", "confirmed_by", "returned_by").order_by(
            "-proposed_at"
        )
    )
    standing = next((row for row in decisions if row.returned_at is None), None)
    offices = CallRole.objects.on(on).filter(person=person, call=proposal.call_id, role="PO")
    may_act = (
        proposal.state == Proposal.State.FROZEN
        and offices.exists()
        and not is_in_consortium(person, proposal, on=on)
    )
    return {
        "proposal": proposal,
        "version": proposal.version,
        "findings": findings_table(proposal),
        "decisions": decisions,
        "standing": standing,
        "may_decide": may_act and standing is None,
        "may_confirm": may_act and _waits_for(standing, person=person),
        "inform_until": months_after(
            day_of(proposal.call.deadline_at), months=proposal.call.inform_months_max
        ),
        "documents": [
            (row, reverse("grants:sealed_file", args=[proposal.pk, row["code"]]))
            for row in proposal.version.content["annexes"]
        ]
        if proposal.version
        else [],
    }


def _waits_for(standing: EligibilityDecision | None, *, person: Person) -> bool:
    return (
        standing is not None
        and standing.is_refusal
        and standing.confirmed_at is None
        and standing.proposed_by_id != person.pk
    )


def findings_table(proposal: Proposal) -> Table:
    """Each rule with what was found at the deadline: one statement."""
    columns = [
        Column(_("Rule"), "head"),
        Column(_("Stage")),
        Column(_("What was found")),
        Column(_("Result"), "tag"),
    ]
    rows = [
        [
            rule_name(row.rule),
            row.get_stage_display(),
            row.finding,
            tag_for("check", row.outcome),
        ]
        for row in proposal.checks.order_by("position")
    ]
    return Table(_("Findings by rule"), columns, rows, top=True, none=_("Not read yet."))


def sealed_document(proposal: Proposal, *, code: str) -> Document | None:
    """The file of a kind in the version that counts."""
    rows = proposal.version.content["annexes"] if proposal.version else []
    found = next((row["document"] for row in rows if row["code"] == code), None)
    return Document.objects.filter(pk=found).first() if found else None
