"""A call as those see it who set it up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.presentation.formats import eur, rate
from core.presentation.tables import Column, Link, Table
from grants.models import Call, CallRole
from grants.permissions import holds
from grants.queries.call_lists import FORMS, RULES, read_lists
from grants.queries.call_pages import rule_table
from grants.queries.desk_pages import call_nav
from grants.queries.findings import gap_sentence
from grants.queries.terms import call_draft
from grants.rules.call_gaps import call_gaps

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from django.db.models import QuerySet
    from django.utils.functional import _StrPromise

    from core.models import Person

LIST_NAMES: Mapping[str, _StrPromise] = {
    "criteria": gettext_lazy("Award criteria"),
    "strands": gettext_lazy("Strands"),
    "objectives": gettext_lazy("Objectives"),
    "tie_break_keys": gettext_lazy("Ladder for equal totals"),
    "section_templates": gettext_lazy("Parts to be written"),
    "annex_kinds": gettext_lazy("Files"),
    "cost_rates": gettext_lazy("EU funding rates"),
    "provenances": gettext_lazy("Sources of the parameters"),
}


def list_name(noun: str) -> str:
    """A list's name as a heading."""
    return str(LIST_NAMES[noun])


def list_rows(call: Call, noun: str) -> QuerySet[Any]:
    """One of the call's lists; ``KeyError`` for any other word."""
    assert noun in LIST_NAMES, noun
    rows: QuerySet[Any] = getattr(call, noun).all()
    return rows


def may_begin_calls(person: Person, *, on: date) -> bool:
    """Whether the person coordinates or authorises some call: these begin new ones."""
    rows = CallRole.objects.on(on).filter(person=person, role__in=["CC", "AO"])
    return rows.exists()


def gaps_of(call: Call) -> tuple[str, ...]:
    """Sentences that still stop the publication of a draft."""
    if call.state != Call.State.DRAFT:
        return ()
    return tuple(gap_sentence(code, name) for code, name in call_gaps(call_draft(call)))


@dataclass(frozen=True, slots=True)
class PartList:
    """One of the call's lists, as a card."""

    noun: str
    title: str
    table: Table


def setup_context(call: Call, *, person: Person, on: date) -> dict[str, Any]:
    """Parameters, lists, officers and versions: eleven statements."""
    read_lists(call, RULES | FORMS)
    can_edit = call.state == Call.State.DRAFT and holds(person, call.pk, "CC", "PO", on=on)
    names = holds(person, call.pk, "CC", "AO", on=on)
    is_published = call.state in (Call.State.PUBLISHED, Call.State.OPEN)
    return {
        "call": call,
        "nav": call_nav(call, person=person, on=on, here="call_setup"),
        "rules": rule_table(call),
        "lists": [_part_list(call, noun, can_edit=can_edit) for noun in LIST_NAMES],
        "officers": CallRole.objects.on(on)
        .filter(call=call)
        .select_related("person")
        .order_by("role", "person__full_name"),
        "versions": call.versions.select_related("published_by").order_by("-number"),
        "can_edit": can_edit,
        "can_name": names,
        "can_correct": is_published and holds(person, call.pk, "AO", on=on),
    }


def _part_list(call: Call, noun: str, *, can_edit: bool) -> PartList:
    shown = SHOWN[noun]
    columns = [Column(_("Entry"), "head"), Column(_("Value"))]
    lines = [
        [
            Link(str(row), _change_url(call, noun, row)) if can_edit else str(row),
            shown(row),
        ]
        for row in list_rows(call, noun)
    ]
    label = _("Entries: %(list)s") % {"list": list_name(noun)}
    return PartList(noun, list_name(noun), Table(label, columns, lines))


def _change_url(call: Call, noun: str, row: Any) -> str:
    return reverse("grants:call_row_change", args=[call.pk, noun, row.pk])


def _criterion(row: Any) -> str:
    return _("0 to %(max)s in steps of %(step)s, threshold %(threshold)s, weight %(weight)s") % {
        "max": f"{row.score_max.normalize():f}",
        "step": f"{row.score_step.normalize():f}",
        "threshold": f"{row.threshold.normalize():f}",
        "weight": f"{row.weight.normalize():f}",
    }


def _strand(row: Any) -> str:
    quota = _("at least %(n)d projects") % {"n": row.quota_min} if row.quota_min else ""
    budget = eur(row.budget_cents) if row.budget_cents else ""
    return ", ".join(part for part in (quota, budget) if part)


def _section(row: Any) -> str:
    if row.characters_max:
        return _("at most %(n)d characters") % {"n": row.characters_max}
    return _("at most %(n)d words") % {"n": row.words_max} if row.words_max else ""


SHOWN: Mapping[str, Callable[[Any], str]] = {
    "criteria": _criterion,
    "strands": _strand,
    "objectives": lambda row: str(row.get_role_display()),
    "tie_break_keys": lambda row: str(row.position),
    "section_templates": _section,
    "annex_kinds": lambda row: _("required") if row.is_required else _("if you like"),
    "cost_rates": lambda row: rate(row.rate_bp),
    "provenances": lambda row: str(row.note),
}
