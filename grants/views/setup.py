"""Setting up a call while it is a draft; publishing and correcting it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core import clock
from core.lifecycle import available
from core.web import Request, perform, save_form, signed_in
from grants.actions import call as actions
from grants.actions import call_parts, corrigendum, load_call
from grants.forms.call import ROW_FORMS, CallForm, CorrigendumForm, NewCallForm, OfficerForm
from grants.lifecycle.call import CallLifecycle
from grants.queries import setup_pages as pages
from grants.views.reach import call_as
from parties.rules.days import day_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.forms import ModelForm

    from grants.models import Call

EVENTS: dict[str, Callable[..., Call]] = {
    "publish": actions.publish,
    "evaluate": actions.start_evaluation,
    "finish": actions.finish,
    "cancel": actions.cancel,
}


@signed_in
def call_new(request: Request) -> HttpResponse:
    """Begin a call from the rules of an earlier one."""
    if not pages.may_begin_calls(request.user, on=day_of(clock.now())):
        raise Http404
    return save_form(
        request,
        NewCallForm(request.POST or None),
        load_call.load_from_catalogue,
        to=lambda made: reverse("grants:call_setup", args=[made.pk]),
        template="grants/call_new.html",
    )


@signed_in
@require_GET
def call_setup(request: Request, pk: UUID) -> HttpResponse:
    """Everything of a call on one page, and the one right button."""
    call, at = call_as(request, pk), clock.now()
    lifecycle = CallLifecycle(call, at=at)
    lifecycle.gaps = pages.gaps_of(call)
    context = pages.setup_context(call, person=request.user, on=day_of(at))
    events = [event for event in available(lifecycle, request.user) if event.name in EVENTS]
    context |= {"events": events, "gaps": lifecycle.gaps}
    return render(request, "grants/call_setup.html", context)


@signed_in
def call_change(request: Request, pk: UUID) -> HttpResponse:
    """The parameters of a draft call."""
    call = call_as(request, pk, "CC", "PO")
    form = CallForm(request.POST or None, instance=call)
    return save_form(
        request,
        form,
        lambda actor, at, **values: actions.change(pk, values=values, actor=actor, at=at),
        to=reverse("grants:call_setup", args=[pk]),
        template="grants/call_change.html",
        context={"call": call},
    )


def _row_form(noun: str, request: Request, call: Any, **given: Any) -> ModelForm[Any]:
    if noun not in ROW_FORMS:
        raise Http404
    form = ROW_FORMS[noun](request.POST or None, **given)
    if noun == "tie_break_keys":
        form.fields["criterion"].queryset = call.criteria.order_by("position")  # type: ignore[attr-defined]  # a model choice field
    return form


@signed_in
def call_row_add(request: Request, pk: UUID, noun: str) -> HttpResponse:
    """Add a row to one of the call's lists."""
    call = call_as(request, pk, "CC", "PO")
    form = _row_form(noun, request, call)
    return save_form(
        request,
        form,
        lambda actor, at, **values: call_parts.add(
            pk, noun=noun, values=values, actor=actor, at=at
        ),
        to=reverse("grants:call_setup", args=[pk]),
        template="grants/call_row.html",
        context={"call": call, "title": pages.list_name(noun)},
    )


@signed_in
def call_row_change(request: Request, pk: UUID, noun: str, row_id: UUID) -> HttpResponse:
    """Change a row of one of the call's lists."""
    call = call_as(request, pk, "CC", "PO")
    rows = pages.list_rows(call, noun)
    form = _row_form(noun, request, call, instance=get_object_or_404(rows, pk=row_id))
    return save_form(
        request,
        form,
        lambda actor, at, **values: call_parts.change(
            pk, noun=noun, row_id=row_id, values=values, actor=actor, at=at
        ),
        to=reverse("grants:call_setup", args=[pk]),
        template="grants/call_row.html",
        context={"call": call, "title": pages.list_name(noun), "noun": noun, "row_id": row_id},
    )


@signed_in
@require_POST
def call_row_remove(request: Request, pk: UUID, noun: str, row_id: UUID) -> HttpResponse:
    """Take a row out of one of the call's lists."""
    call_as(request, pk, "CC", "PO")
    if noun not in ROW_FORMS:
        raise Http404
    to = reverse("grants:call_setup", args=[pk])
    return perform(request, call_parts.remove, to=to, call_id=pk, noun=noun, row_id=row_id)


@signed_in
def officer_add(request: Request, pk: UUID) -> HttpResponse:
    """Give somebody an office in the call."""
    call = call_as(request, pk, "CC", "AO")
    form = OfficerForm(request.POST or None, initial={"start_date": day_of(clock.now())})
    return save_form(
        request,
        form,
        actions.name_officer,
        to=reverse("grants:call_setup", args=[pk]),
        template="grants/call_row.html",
        context={"call": call, "title": _("Officer")},
        call_id=pk,
    )


@signed_in
@require_POST
def officer_end(request: Request, pk: UUID, role_id: UUID) -> HttpResponse:
    """End an office."""
    role = get_object_or_404(call_as(request, pk, "CC", "AO").roles.all(), pk=role_id)
    to = reverse("grants:call_setup", args=[pk])
    return perform(request, actions.end_office, to=to, role_id=role.pk)


@signed_in
def call_correct(request: Request, pk: UUID) -> HttpResponse:
    """Publish a corrigendum."""
    call = call_as(request, pk, "AO")
    given = {"deadline_at": call.deadline_at, "summary": call.summary}
    return save_form(
        request,
        CorrigendumForm(request.POST or None, initial=given, zone=call.zone_info),
        corrigendum.correct,
        to=reverse("grants:call_setup", args=[pk]),
        template="grants/call_correct.html",
        context={"call": call},
        message=_("Published. Everybody who is writing has a mail."),
        call_id=pk,
    )


@signed_in
@require_POST
def call_do(request: Request, pk: UUID, event: str) -> HttpResponse:
    """One of the moves of a call that an officer makes."""
    call_as(request, pk)
    if event not in EVENTS:
        raise Http404
    reason = {"reason": request.POST.get("reason", "")} if event == "cancel" else {}
    to = reverse("grants:call_setup", args=[pk])
    return perform(request, EVENTS[event], to=to, call_id=pk, **reason)
