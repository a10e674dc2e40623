"""What the public pages of calls show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.presentation.formats import eur, rate, when
from core.presentation.markup import badge
from core.presentation.parts import CallCard
from core.presentation.tables import Column, Table
from core.tags import WARN, Tag, tag_of
from grants.models import Call, Provenance
from grants.queries.call_lists import RULES, read_lists
from grants.queries.findings import rule_name
from grants.queries.terms import provenances
from parties.rules.countries import COUNTRIES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from django.utils.safestring import SafeString

ANSWERABLE = (Call.State.PUBLISHED, Call.State.OPEN)
SOON_DAYS = 7
FAMILIES = {
    Provenance.Kind.STATED: "good",
    Provenance.Kind.PRACTICE: "info",
    Provenance.Kind.UNPUBLISHED: "warn",
    Provenance.Kind.DECISION: "idle",
}


def open_calls(at: datetime) -> list[CallCard]:
    """Calls that can be answered or will be, the next deadline first: one statement."""
    calls = Call.objects.filter(state__in=ANSWERABLE, deadline_at__gte=at)
    return [_card(call, at=at) for call in calls.order_by("deadline_at", "identifier")]


def past_calls(at: datetime) -> list[CallCard]:
    """Published calls that cannot be answered any more, the latest first: one statement."""
    calls = Call.objects.public().exclude(state__in=ANSWERABLE, deadline_at__gte=at)
    return [_card(call, at=at) for call in calls.order_by("-deadline_at", "identifier")]


def _card(call: Call, *, at: datetime) -> CallCard:
    about = _("%(budget)s for grants of at most %(grant_max)s each.") % {
        "budget": eur(call.budget_cents),
        "grant_max": eur(call.grant_max_cents),
    }
    return CallCard(
        over=_("For cluster consortia · %(identifier)s") % {"identifier": call.identifier},
        title=call.title,
        url=reverse("grants:call_page", args=[call.identifier]),
        about=f"{about} {consortium_words(call)}",
        tag=state_tag(call, at=at),
        closes_at=call.deadline_at,
    )


def state_tag(call: Call, *, at: datetime) -> Tag:
    """The call's state; an open call in its last week says how many days are left."""
    days = (call.deadline_at - at).days
    if call.state == Call.State.OPEN and 0 <= days < SOON_DAYS:
        words = ngettext("Closes in %(n)d day", "Closes in %(n)d days", days) % {"n": days}
        return Tag(WARN, words if days else _("Closes today"))
    return tag_of(call)


def call_context(call: Call, *, at: datetime) -> dict[str, Any]:
    """Everything that the public page of a call shows: seven statements."""
    read_lists(call, RULES)
    return {
        "call": call,
        "state": state_tag(call, at=at),
        "rules": rule_table(call),
        "criteria": criteria_table(call),
        "strands": call.strands.all(),
        "objectives": call.objectives.all(),
        "ladder": call.tie_break_keys.all(),
        "versions": call.versions.order_by("-number"),
        "can_apply": call.state in ANSWERABLE and at <= call.deadline_at,
    }


def consortium_words(call: Call) -> str:
    """What a consortium must be, in a sentence."""
    return _("At least %(partners)d cluster organisations from %(countries)d countries.") % {
        "partners": call.partners_min,
        "countries": call.countries_min,
    }


def rule_table(call: Call) -> Table:
    """Every rule of a call with its value and where it comes from; ``read_lists`` has read them."""
    known = provenances(call)
    rows = [[words, value, _source(parameter, known)] for words, value, parameter in _rules(call)]
    columns = [Column(_("Rule"), "head"), Column(_("Value")), Column(_("Where it comes from"))]
    return Table(_("Rules of the call"), columns, rows, top=True)


def _source(parameter: str, known: Mapping[str, Provenance]) -> SafeString | str:
    row = known.get(parameter)
    if row is None:
        return ""
    tag = badge(FAMILIES[Provenance.Kind(row.kind)], row.get_kind_display())
    return format_html("{}<small>{}</small>", tag, row.note)


def _rules(call: Call) -> Sequence[tuple[str, str | SafeString, str]]:
    return [*_money_rules(call), *_consortium_rules(call), *_procedure_rules(call)]


def _money_rules(call: Call) -> list[tuple[str, str | SafeString, str]]:
    paid = [(row.get_category_display(), rate(row.rate_bp)) for row in call.cost_rates.all()]
    base = (
        _("the support to SMEs counts")
        if call.indirect_base_includes_d1
        else _("the support to SMEs does not count")
    )
    return [
        (_("Budget of the call"), eur(call.budget_cents), "budget_cents"),
        (_("Highest grant"), eur(call.grant_max_cents), "grant_max_cents"),
        (_("EU funding rates"), format_html_join("", "{}: {}<br>", paid), "cost_rates"),
        (_("Indirect costs"), rate(call.indirect_rate_bp), "indirect_rate_bp"),
        (_("Base of the indirect costs"), base, "indirect_base_includes_d1"),
        (_("Share to SMEs, at least"), rate(call.share_min_bp), "share_n"),
        (_("The share is taken of"), str(call.get_share_base_display()), "share_base"),
        (_("Most that one SME may get"), eur(call.sme_max_cents), "sme_max_cents"),
        (_("Prefinancing"), rate(call.prefinancing_rate_bp), "prefinancing_rate_bp"),
        (
            _("Paid before the balance, at most"),
            rate(call.payment_ceiling_bp),
            "payment_ceiling_bp",
        ),
        (
            _("Certificate on the statements from"),
            eur(call.cfs_threshold_cents),
            "cfs_threshold_cents",
        ),
    ]


def _consortium_rules(call: Call) -> list[tuple[str, str | SafeString, str]]:
    names = sorted(COUNTRIES.get(code, code) for code in call.eligible_countries)
    months = _("%(min)d to %(max)d months") % {
        "min": call.duration_months_min,
        "max": call.duration_months_max,
    }
    return [
        (_("Consortium"), consortium_words(call), "partners_min"),
        (_("Eligible countries"), ", ".join(names), "eligible_countries"),
        (_("Duration"), months, "duration_months_max"),
        (_("Pages that are read"), str(call.page_limit), "page_limit"),
    ]


def _procedure_rules(call: Call) -> list[tuple[str, str | SafeString, str]]:
    stops = ", ".join(rule_name(rule) for rule in call.blocks_at_submission)
    return [
        (_("Deadline"), when(call.deadline_at, zone=call.zone_info), "deadline_at"),
        (_("Rules that stop a submission while broken"), stops, "blocks_at_submission"),
        (_("Strands"), _listed(call.strands), "strands"),
        (_("Objectives"), _listed(call.objectives), "objectives"),
        (_("Award criteria"), _listed(call.criteria), "criteria"),
        (_("Ladder for equal totals"), _listed(call.tie_break_keys), "tie_break_keys"),
        (_("Experts per proposal, at least"), str(call.experts_min), "experts_min"),
        (_("Overall threshold"), f"{call.score_total_min.normalize():f}", "score_total_min"),
        (
            _("Review may be asked for within"),
            _("%(days)d days") % {"days": call.redress_days},
            "redress_days",
        ),
        (
            _("A letter counts as received after"),
            _("%(days)d days") % {"days": call.unopened_days},
            "unopened_days",
        ),
    ]


def _listed(rows: Any) -> str:
    return ", ".join(str(row) for row in rows.all())


def criteria_table(call: Call) -> Table:
    """The award criteria with their scales."""
    columns = [
        Column(_("Criterion"), "head"),
        Column(_("What is looked at")),
        Column(_("Highest mark"), "num"),
        Column(_("Steps of"), "num"),
        Column(_("Threshold"), "num"),
        Column(_("Weight"), "num"),
    ]
    rows = [
        [
            row.name,
            row.description,
            *(
                f"{n.normalize():f}"
                for n in (row.score_max, row.score_step, row.threshold, row.weight)
            ),
        ]
        for row in call.criteria.all()
    ]
    return Table(_("Award criteria"), columns, rows, top=True)
