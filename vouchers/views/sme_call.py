"""SME calls: what anybody reads, and the fund manager's desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core import clock
from core.errors import DomainError
from core.lifecycle import available
from core.web import Request, perform, public, refused, save_form, signed_in
from vouchers.actions import sme_call as actions
from vouchers.forms.application import OrganisationForm
from vouchers.forms.decision import MinutesForm
from vouchers.forms.sme_call import FORMS, TermsForm, part_formset
from vouchers.lifecycle.application_conditions import takes_applications
from vouchers.lifecycle.sme_call import SmeCallLifecycle
from vouchers.models import SmeCall
from vouchers.permissions import holds
from vouchers.queries import people
from vouchers.queries import sme_call_pages as pages
from vouchers.views.reach import desk_call, managed_call, managed_grant, today

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

NEW = {
    "rate_bp": 10_000,
    "own_share_bp": 0,
    "service_max": 2,
    "validity_months": 12,
    "accept_days": 15,
    "answer_days": 15,
    "invoice_days": 30,
    "check_days": 30,
    "age_months_min": 0,
    "score_min": 0,
    "score_delta": 10,
}


PRIMARY = ("make_ready", "approve", "open", "evaluate", "award", "finish")


@public
@require_GET
def sme_call_list(request: HttpRequest) -> HttpResponse:
    """SME calls that take applications, then those that are over."""
    at = clock.now()
    context = {"calls": pages.open_calls(at), "past": pages.past_calls(at)}
    return render(request, "public/sme_calls.html", context)


@public
@require_GET
def sme_call_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One SME call with its terms; whoever acts for a firm can apply from here."""
    rows = SmeCall.objects.public().select_related("grant__call", "organisation")
    context = _public(get_object_or_404(rows, pk=pk))
    firms = people.acted_for(request.user, on=today())
    context["apply"] = OrganisationForm(organisations=firms) if firms else None
    return render(request, "public/sme_call.html", context)


def _public(sme_call: SmeCall) -> dict[str, Any]:
    return {
        "sme_call": sme_call,
        "is_open": takes_applications(sme_call, at=clock.now()),
        "terms": pages.term_rows(sme_call),
        "services": pages.service_table(sme_call),
        "criteria": pages.criteria_table(sme_call),
        "evidence": sme_call.evidence_items.order_by("position"),
        "maxima": sme_call.country_maxima.order_by("country"),
    }


@signed_in
@require_GET
def sme_call_desk(request: Request) -> HttpResponse:
    """SME calls of the person's grants."""
    day = today()
    context = {
        "table": pages.desk_table(request.user, on=day),
        "waiting": pages.waiting_for_coordinator(request.user, on=day),
        "grants": people.grants_with_role(request.user, "FM", on=day),
    }
    return render(request, "vouchers/sme_call_desk.html", context)


@signed_in
def sme_call_new(request: Request, grant_pk: UUID) -> HttpResponse:
    """Begin an SME call of a grant."""
    grant = managed_grant(request, grant_pk)
    return save_form(
        request,
        TermsForm(request.POST or None, initial=NEW),
        actions.draft,
        to=lambda made: redirect("vouchers:sme_call_record", pk=made.pk).url,
        template="vouchers/sme_call_edit.html",
        context={"over": grant.number, "limits": pages.limit_facts(grant)},
        message=_("The SME call is a draft now. Add its lists next."),
        grant_id=grant.pk,
        organisation=people.partner_of(request.user, grant, "FM", on=today()),
    )


@signed_in
@require_GET
def sme_call_record(request: Request, pk: UUID) -> HttpResponse:
    """The desk of one SME call: where it stands, what is next."""
    sme_call = desk_call(request, pk)
    lifecycle = SmeCallLifecycle(sme_call, at=clock.now())
    lifecycle.reason = _("to be written")
    events = available(lifecycle, request.user)
    context = _record(sme_call) | {
        "events": events,
        "primary": next((one.name for one in events if one.name in PRIMARY), ""),
        "manages": holds(request.user, sme_call.grant_id, "FM", on=today()),
    }
    return render(request, "vouchers/sme_call_record.html", context)


def _record(sme_call: SmeCall) -> dict[str, Any]:
    is_draft = sme_call.state == SmeCall.State.DRAFT
    return {
        "sme_call": sme_call,
        "tiles": pages.tiles(sme_call),
        "tasks": pages.set_up_tasks(sme_call) if is_draft else [],
        "gaps": pages.gap_sentences(sme_call) if is_draft else [],
        "terms": pages.term_rows(sme_call),
        "minutes": MinutesForm(initial={"minutes": sme_call.minutes}),
        "limits": pages.limit_facts(sme_call.grant),
    }


@signed_in
def sme_call_edit(request: Request, pk: UUID) -> HttpResponse:
    """Change the terms of a draft."""
    sme_call = managed_call(request, pk)
    initial = {name: getattr(sme_call, name) for name in TermsForm.base_fields}
    return save_form(
        request,
        TermsForm(request.POST or None, initial=initial),
        lambda *, actor, at, **values: actions.change(pk, values=values, actor=actor, at=at),
        to=redirect("vouchers:sme_call_record", pk=pk).url,
        template="vouchers/sme_call_edit.html",
        context=_editing(sme_call),
    )


def _editing(sme_call: SmeCall) -> dict[str, Any]:
    limits = pages.limit_facts(sme_call.grant)
    return {"sme_call": sme_call, "over": sme_call.number, "limits": limits}


@signed_in
def sme_call_part(request: Request, pk: UUID, part: str) -> HttpResponse:
    """Change one list of a draft."""
    sme_call = managed_call(request, pk)
    if part not in FORMS:
        raise Http404
    rows = list(getattr(sme_call, part).values(*FORMS[part].base_fields))
    formset = part_formset(part)(request.POST or None, initial=rows)
    context = {"sme_call": sme_call, "formset": formset, "title": pages.PART_TITLES[part]}
    if request.method != "POST" or not formset.is_valid():
        status = 422 if formset.is_bound else 200
        return render(request, "vouchers/sme_call_part.html", context, status=status)
    to = redirect("vouchers:sme_call_record", pk=pk).url
    values = {"sme_call_id": pk, "part": part, "rows": formset.rows()}
    return perform(request, actions.replace_part, to=to, message=_("Saved."), **values)


@signed_in
@require_POST
def sme_call_event(request: Request, pk: UUID, event: str) -> HttpResponse:
    """One move of an SME call."""
    sme_call = desk_call(request, pk)
    if event not in actions.EVENTS:
        raise Http404
    return perform(
        request,
        actions.EVENTS[event],
        to=redirect("vouchers:sme_call_record", pk=sme_call.pk).url,
        sme_call_id=sme_call.pk,
        reason=request.POST.get("reason", ""),
    )


@signed_in
@require_POST
def sme_call_minutes(request: Request, pk: UUID) -> HttpResponse:
    """Write the minutes of the selection."""
    managed_call(request, pk)
    form = MinutesForm(request.POST)
    to = redirect("vouchers:sme_call_record", pk=pk).url
    if not form.is_valid():
        return refused(request, DomainError(_("Write the minutes first.")), back=to)
    return perform(request, actions.write_minutes, to=to, sme_call_id=pk, **form.cleaned_data)
