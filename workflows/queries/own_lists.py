"""Lists of what belongs to a person: reports, proposals, vouchers, calls to answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from core.presentation.formats import eur
from core.presentation.parts import Due
from core.tags import tag_of
from grants.models import Call, IndividualReport, Proposal
from grants.queries import proposal_pages
from ledger import api as ledger
from parties.rules.days import day_of
from vouchers.models import ACTIVE, Voucher
from vouchers.queries import application_pages, sme_call_pages
from workflows.queries.parts import Button, Section

if TYPE_CHECKING:
    from datetime import datetime

    from core.models import Person

SHOWN = 10
R = IndividualReport.State
REPORT_PAGES = {
    R.ASSIGNED: "grants:individual_report_declare",
    R.OPEN: "grants:individual_report_write",
    R.FINISHED: "grants:individual_report_detail",
}
WRITABLE = (Proposal.State.DRAFT, Proposal.State.SUBMITTED)
AT_WORK = (Voucher.State.RESERVED, *ACTIVE)


def proposals(person: Person, *, at: datetime) -> list[Section]:
    """The proposals of the person's organisations: one statement."""
    found = proposal_pages.own_proposals(person, on=day_of(at))
    return [
        Section(
            title=_("My proposals"),
            none=_("No proposal yet. Open calls are the place to start."),
            link=Button(_("All proposals"), reverse("grants:proposal_list")),
            due=[_proposal(one) for one in found[:SHOWN]],
        )
    ]


def _proposal(one: Proposal) -> Due:
    open_ = one.state in WRITABLE
    return Due(
        title=one.acronym,
        url=reverse("grants:proposal_page", args=[one.pk]),
        why=one.title or one.call.title,
        when=one.call.deadline_at if open_ else None,
        note="" if open_ else one.call.identifier,
        tag=proposal_pages.applicant_tag(one),
    )


def reports(person: Person, *, at: datetime) -> list[Section]:
    """The expert's reports in calls that are being evaluated: one statement."""
    del at
    rows = IndividualReport.objects.of_expert(person).counting()
    running = rows.filter(proposal__call__state=Call.State.EVALUATING)
    found = list(running.select_related("proposal").order_by("due_at", "proposal__number"))
    done = [one for one in found if one.state == R.FINISHED]
    words = _("My reports: %(done)d of %(n)d finished") % {"done": len(done), "n": len(found)}
    return [
        Section(
            title=words if found else _("My reports"),
            none=_("No report is asked of you now."),
            link=Button(_("My pile"), reverse("grants:individual_report_list")),
            due=[_report(one) for one in found[:SHOWN]],
        )
    ]


def _report(one: IndividualReport) -> Due:
    is_done = one.state == R.FINISHED
    return Due(
        title=one.proposal.acronym,
        url=reverse(REPORT_PAGES[R(one.state)], args=[one.pk]),
        why=one.proposal.title,
        when=None if is_done else one.due_at,
        tag=tag_of(one),
    )


def vouchers(person: Person, *, at: datetime) -> list[Section]:
    """Vouchers with what is left on them, and applications of the person's firms."""
    on = day_of(at)
    found = list(
        Voucher.objects.of_member(person, on=on)
        .select_related("application__service", "organisation", "grant__book")
        .order_by("expires_on", "number")[: 2 * SHOWN]
    )
    left = _left(found)
    applied = application_pages.mine(person, on=on)[:SHOWN]
    return [
        Section(
            title=_("My vouchers"),
            none=_("No voucher yet. An SME call is the place to start."),
            link=Button(_("All vouchers"), reverse("vouchers:voucher_mine")),
            due=[_voucher(one, left=left.get(str(one.pk), 0)) for one in found],
        ),
        Section(
            title=_("My applications"),
            none=_("No application yet."),
            link=Button(_("All applications"), reverse("vouchers:application_list")),
            due=applied,
        ),
    ]


def _left(found: list[Voucher]) -> dict[str, int]:
    """Cents free by voucher, from the ledger: one statement for each grant, rarely two."""
    free: dict[str, int] = {}
    for book in {one.grant.book for one in found if one.grant.book and one.state in ACTIVE}:
        free |= ledger.balances_by_key(book, type=ledger.AccountType.VCH)
    return free


def _voucher(one: Voucher, *, left: int) -> Due:
    service = str(one.application.service or one.application)
    free = _("%(left)s of %(value)s left") if one.state in ACTIVE else "%(value)s"
    value = free % {"left": eur(left), "value": eur(one.value_cents)}
    return Due(
        title=service,
        url=reverse("vouchers:voucher_page", args=[one.pk]),
        why=f"{one.number} · {value}",
        when=one.expires_on if one.state in ACTIVE else None,
        tag=tag_of(one),
    )


def sme_calls(person: Person, *, at: datetime) -> list[Section]:
    """SME calls that take applications: two statements."""
    del person
    return [
        Section(
            title=_("Open SME calls"),
            none=_("No SME call is open now."),
            link=Button(_("All SME calls"), reverse("vouchers:sme_call_list")),
            cards=sme_call_pages.open_calls(at)[:SHOWN],
        )
    ]


def first_steps(person: Person, *, at: datetime) -> list[Section]:
    """For somebody who has just signed up."""
    del person, at
    return [
        Section(
            title=_("Where to begin"),
            buttons=[
                Button(_("Register your organisation"), reverse("parties:organisation_register")),
                Button(_("Read the open calls"), reverse("grants:call_list")),
                Button(_("Read the open SME calls"), reverse("vouchers:sme_call_list")),
                Button(_("Describe your expertise"), reverse("parties:expert_edit")),
            ],
        )
    ]
