"""What the pages of applications show: to the SME, the fund manager and the evaluator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from core.presentation.formats import day, eur, yes_no
from core.presentation.parts import Due, File, Row, Step, Task
from core.presentation.tables import Column, Line, Link, Table, Two
from core.tags import tag_of
from vouchers.lifecycle.application_conditions import missing_files
from vouchers.models import Application
from vouchers.models.choices import ApplicationState, SchemeKind
from vouchers.queries.sentences import ground_sentence, why_sentence
from vouchers.rules.selection import Verdict
from vouchers.rules.window import working_days_after

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from core.models import Person
    from vouchers.models import SmeCall, SmeStatus
    from vouchers.queries.selection import Line as Standing

A = ApplicationState
FILTERS = {
    "submitted": (A.SUBMITTED,),
    "eligible": (A.ELIGIBLE,),
    "scored": (A.SCORED,),
    "won": (A.AWARDED, A.ACCEPTED),
    "waiting": (A.WAITING,),
    "out": (A.INELIGIBLE, A.REJECTED, A.LAPSED, A.WITHDRAWN),
}


def mine(person: Person, *, on: date) -> list[Due]:
    """The person's applications, those that need something first."""
    rows = (
        Application.objects.of_member(person, on=on)
        .select_related("sme_call", "organisation", "service")
        .order_by("-saved_at", "pk")[:100]
    )
    return [_due(one) for one in rows]


def _due(one: Application) -> Due:
    by = {A.DRAFT: one.sme_call.closes_at, A.AWARDED: one.accept_until}
    return Due(
        title=one.title or one.sme_call.title,
        url=reverse("vouchers:application_page", args=[one.pk]),
        why=f"{one.sme_call.title} · {one.organisation.legal_name}",
        when=by.get(A(one.state)),
        note="" if A(one.state) in by else one.number,
        tag=tag_of(one),
    )


def tasks(one: Application) -> list[Task]:
    """The parts of a draft: plan, size, files, declarations."""
    missing = missing_files(one)
    files = one.sme_call.evidence_items.filter(stage="application").exists()
    found = [
        _task(one, "application_edit", _("Plan and cost"), done=is_plan_done(one)),
        _task(one, "application_size", _("Size of the enterprise"), done=has_status(one)),
        _task(one, "application_declare", _("Declarations"), done=is_declared(one)),
    ]
    if one.sme_call.is_aid:
        title = _("De minimis aid from elsewhere")
        found.insert(2, _task(one, "application_aid", title, done=one.is_aid_declared))
    if files:
        found.insert(2, _task(one, "application_files", _("Files"), done=not missing))
    return found


def _task(one: Application, view: str, title: str, *, done: bool) -> Task:
    url = reverse(f"vouchers:{view}", args=[one.pk])
    return Task(title, url, done=done, status=_("To do"))


def is_plan_done(one: Application) -> bool:
    """Every text is there, and the cost and founding day where the call asks for them."""
    needs_cost = one.sme_call.scheme == SchemeKind.COFUNDED
    return bool(
        one.service_id
        and one.title
        and one.plan
        and one.result
        and (one.net_cost_cents or not needs_cost)
        and (one.founded_on or not one.sme_call.age_months_min)
    )


def has_status(one: Application) -> bool:
    """Whether the size was declared."""
    return hasattr(one, "sme_status")


def is_declared(one: Application) -> bool:
    """Whether all three declarations were ticked."""
    return one.is_honest and one.has_no_other_funding and one.has_no_conflict


def content_rows(one: Application) -> list[Row]:
    """What was handed in."""
    cost = eur(one.net_cost_cents) if one.net_cost_cents else ""
    rows = [
        Row(_("SME"), f"{one.organisation.legal_name}, {one.organisation.get_country_display()}"),
        Row(_("Service"), one.service.title if one.service else ""),
        Row(_("Asked for"), eur(one.value_cents) if one.value_cents else ""),
        Row(_("Net cost"), cost),
        Row(_("Plan"), one.plan),
        Row(_("What will be different"), one.result),
        Row(_("Founded on"), day(one.founded_on) if one.founded_on else ""),
        Row(_("Declaration of honour"), yes_no(one.is_honest)),
        Row(_("No other EU funding"), yes_no(one.has_no_other_funding)),
        Row(_("No conflict of interest"), yes_no(one.has_no_conflict)),
    ]
    return [row for row in rows if row.value]


def files(one: Application) -> list[File]:
    """Files that count, with a link to each."""
    rows = one.files.filter(replaced_at__isnull=True).select_related("item", "document")
    return [
        File(
            name=row.document.name,
            size=row.document.size,
            stored_at=row.added_at,
            kind=row.item.title,
            sha256=row.document.sha256,
            url=reverse("vouchers:application_file", args=[one.pk, row.pk]),
            action=_("Download"),
        )
        for row in rows.order_by("item__position")
    ]


def answer_by(one: Application) -> date | None:
    """The day by which the SME is promised an answer: so many working days after it applied."""
    if one.submitted_at is None:
        return None
    sent_on = one.sme_call.local_day(one.submitted_at)
    return working_days_after(sent_on, count=one.sme_call.answer_days)


def status_rows(status: SmeStatus) -> list[Row]:
    """The declaration with its figures and what follows from them."""
    return [
        Row(_("Declared"), status.get_declared_display()),
        Row(_("Computed"), status.get_computed_display()),
        Row(_("Settled as"), status.get_settled_as_display() if status.settled_as else "–"),
        Row(_("Accounts of"), str(status.year)),
        Row(_("Staff, own"), f"{status.headcount.normalize():f}"),
        Row(_("Staff, added up"), f"{status.total_headcount.normalize():f}"),
        Row(_("Turnover, added up"), eur(status.total_turnover_cents)),
        Row(_("Balance sheet, added up"), eur(status.total_balance_cents)),
        Row(_("Because"), " ".join(ground_sentence(ground) for ground in status.grounds)),
    ]


def tie_table(status: SmeStatus) -> Table:
    """The ties and how each was counted."""
    rows = [
        (
            tie.name,
            tie.get_direction_display(),
            max(tie.capital_bp, tie.votes_bp),
            tie.get_investor_display(),
            tie.counted_as or "–",
        )
        for tie in status.ties.order_by("position")
    ]
    columns = [
        Column(_("Tie"), "head"),
        Column(_("Direction")),
        Column(_("Share"), "share"),
        Column(_("Kind")),
        Column(_("Counted as")),
    ]
    none = _("No ties with other enterprises were declared.")
    return Table(_("Ties of the enterprise"), columns, rows, none=none)


def steps(one: Application) -> list[Step]:
    """Where the application stands."""
    sent = one.submitted_at
    if sent is None and one.state == A.LAPSED:
        return [Step(_("Never handed in"), "bad")]
    result = [Step(_("Handed in"), "done" if sent else "now", sent)]
    ends = {A.INELIGIBLE, A.REJECTED, A.LAPSED, A.WITHDRAWN}
    if A(one.state) in ends:
        return [*result, Step(one.get_state_display(), "bad")]
    order = [A.SUBMITTED, A.ELIGIBLE, A.SCORED, A.AWARDED, A.ACCEPTED]
    reached = order.index(A(one.state)) if A(one.state) in order else -1
    words = [_("Checked"), _("Evaluated"), _("Decided"), _("Accepted")]
    for place, word in enumerate(words):
        kind = "done" if reached > place else "now" if reached == place else "next"
        result.append(Step(word, kind, one.accepted_at if word == words[3] else None))
    return result


def list_table(rows: Sequence[Application]) -> Table:
    """Applications of a call at the fund manager's desk."""
    lines = [
        (
            Link(
                one.number or "–",
                reverse("vouchers:application_page", args=[one.pk]),
                one.title,
            ),
            Two(one.organisation.legal_name, one.organisation.get_country_display()),
            one,
            one.submitted_at,
            "–" if one.total is None else f"{one.total.normalize():f}",
            one.value_cents,
        )
        for one in rows
    ]
    columns = [
        Column(_("Application"), "head"),
        Column(_("SME")),
        Column(_("State"), "tag"),
        Column(_("Handed in"), "when"),
        Column(_("Total"), "num"),
        Column(_("EUR"), "money"),
    ]
    none = _("No application here.")
    return Table(_("Applications of the call"), columns, lines, none=none, top=True)


def board_table(lines: Sequence[Standing], *, sme_call: SmeCall) -> Table:
    """The line of a selection with the verdict of the rules and its reason.

    Under the de minimis regime it says what each may still get as aid.
    """
    words = {
        Verdict.AWARD: _("Award"),
        Verdict.WAIT: _("Waiting list"),
        Verdict.REJECT: _("No award"),
    }
    rows = [
        Line(
            (
                one.outcome.place,
                Link(
                    one.application.number,
                    reverse("vouchers:application_page", args=[one.application.pk]),
                    one.application.organisation.legal_name,
                ),
                f"{one.application.total.normalize():f}" if one.application.total else "–",
                one.application.value_cents,
                *([one.aid_left] if sme_call.is_aid else []),
                Two(words[one.outcome.verdict], why_sentence(one.outcome.why, sme_call=sme_call)),
            )
        )
        for one in lines
    ]
    columns = [
        Column(_("Place"), "num"),
        Column(_("Application"), "head"),
        Column(_("Total"), "num"),
        Column(_("EUR"), "money"),
        *([Column(_("De minimis left, EUR"), "money")] if sme_call.is_aid else []),
        Column(_("What the rules say")),
    ]
    none = _("Nothing waits for a decision.")
    return Table(_("Selection"), columns, rows, none=none, top=True)
