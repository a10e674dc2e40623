"""An application, as the SME writes it and as everybody concerned reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core import clock, documents
from core.drafts import autosave, saves_itself
from core.errors import DomainError
from core.lifecycle import available
from core.web import Request, press, refused, save_form, signed_in
from vouchers.actions import application as actions
from vouchers.actions import decision
from vouchers.forms.application import AcceptForm, DeclarationForm, OrganisationForm, PlanForm
from vouchers.forms.evidence import FilesForm
from vouchers.lifecycle.application import ApplicationLifecycle
from vouchers.models import Application, SmeCall
from vouchers.permissions import acts_for, holds
from vouchers.queries import aid, people
from vouchers.queries import application_pages as pages
from vouchers.views.evidence import keep_files
from vouchers.views.reach import application_of, own_application, today

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.forms import Form
    from django.http import HttpResponse, HttpResponseBase

EVENTS = {
    "submit": actions.submit,
    "withdraw": actions.withdraw,
    "find_ineligible": decision.confirm_refusal,
}


@signed_in
@require_GET
def application_list(request: Request) -> HttpResponse:
    """The person's applications."""
    return render(
        request,
        "vouchers/application_list.html",
        {"items": pages.mine(request.user, on=today())},
    )


@signed_in
@require_POST
def application_start(request: Request, pk: UUID) -> HttpResponse:
    """Begin an application to an SME call."""
    sme_call = get_object_or_404(SmeCall.objects.public(), pk=pk)
    firms = people.acted_for(request.user, on=today())
    form = OrganisationForm(request.POST, organisations=firms)
    back = redirect("vouchers:sme_call_page", pk=sme_call.pk).url
    if not form.is_valid():
        words = _("Choose the organisation for which you apply.")
        return refused(request, DomainError(words), back=back)
    firm = form.cleaned_data["organisation_id"]
    try:
        made = actions.start(sme_call.pk, organisation_id=firm, actor=request.user, at=clock.now())
    except DomainError as refusal:
        return refused(request, refusal, back=back)
    return redirect("vouchers:application_page", pk=made.pk)


@signed_in
@require_GET
def application_page(request: Request, pk: UUID) -> HttpResponse:
    """The task list of a draft, or what was handed in and where it stands."""
    return render(
        request, "vouchers/application_page.html", _page(request, application_of(request, pk))
    )


def _page(request: Request, one: Application) -> dict[str, Any]:
    grant_id, day = one.sme_call.grant_id, today()
    is_draft = one.state == Application.State.DRAFT
    tasks = pages.tasks(one) if is_draft else []
    return {
        "application": one,
        "is_own": acts_for(request.user, one.organisation_id, on=day),
        "at_desk": holds(request.user, grant_id, "FM", "FO", on=day),
        "tasks": tasks,
        "done": sum(task.done for task in tasks),
        "events": available(ApplicationLifecycle(one, at=clock.now()), request.user),
        "rows": pages.content_rows(one),
        "files": pages.files(one),
        "aid": aid.aid_rows(one, on=day) if one.sme_call.is_aid else [],
        "declared": aid.declared_table(one) if one.sme_call.is_aid else None,
        "steps": pages.steps(one),
        "decisions": one.decisions.select_related("decided_by", "confirmed_by").order_by(
            "decided_at", "pk"
        ),
    }


@signed_in
def application_edit(request: Request, pk: UUID) -> HttpResponse:
    """Plan and cost; it saves itself."""
    one = own_application(request, pk)
    initial = {name: getattr(one, name) for name in PlanForm.base_fields}
    form = PlanForm(request.POST or None, sme_call=one.sme_call, initial=initial)
    if saves_itself(request):
        return autosave(request, form, _saving(one))
    return _save(request, form, one, title=_("Plan and cost"), keeps=True)


@signed_in
def application_declare(request: Request, pk: UUID) -> HttpResponse:
    """The declarations of the applicant."""
    one = own_application(request, pk)
    initial = {name: getattr(one, name) for name in DeclarationForm.base_fields}
    form = DeclarationForm(request.POST or None, initial=initial)
    return _save(request, form, one, title=_("Declarations"))


def _save(
    request: Request, form: Form, one: Application, *, title: str, keeps: bool = False
) -> HttpResponse:
    return save_form(
        request,
        form,
        _saving(one),
        to=redirect("vouchers:application_page", pk=one.pk).url,
        template="vouchers/application_edit.html",
        context={"application": one, "title": title, "keeps": keeps},
    )


def _saving(one: Application) -> Callable[..., Application]:
    """The action, with the fields of a form as its values."""
    return lambda *, actor, at, **values: actions.save(one.pk, values=values, actor=actor, at=at)


@signed_in
def application_files(request: Request, pk: UUID) -> HttpResponse:
    """Files that the call asks for."""
    one = own_application(request, pk)
    items = one.sme_call.evidence_items.filter(stage="application").order_by("position")
    form = FilesForm(request.POST or None, request.FILES or None, items=items)
    keep_files(request, form, actions.add_file, application_id=pk)
    if form.is_valid():
        messages.success(request, _("Added."))
        return redirect("vouchers:application_files", pk=pk)
    context = {"application": one, "form": form, "files": pages.files(one)}
    status = 422 if form.errors else 200
    return render(request, "vouchers/application_files.html", context, status=status)


@signed_in
@require_GET
def application_file(request: Request, pk: UUID, file_pk: UUID) -> HttpResponseBase:
    """Download a file of an application that one may read."""
    one = application_of(request, pk)
    row = get_object_or_404(one.files.select_related("document"), pk=file_pk)
    return documents.respond(row.document)


@signed_in
def application_accept(request: Request, pk: UUID) -> HttpResponse:
    """Accept the award, declaring other funding again."""
    one = own_application(request, pk)
    return save_form(
        request,
        AcceptForm(request.POST or None, sme_call=one.sme_call),
        actions.accept,
        to=lambda made: redirect("vouchers:voucher_page", pk=made.voucher.pk).url,
        template="vouchers/application_accept.html",
        context={"application": one, "aid": aid.declared_table(one)},
        message=_("Accepted. Sign the agreement next, then the voucher is yours."),
        application_id=pk,
    )


@signed_in
@require_POST
def application_event(request: Request, pk: UUID, event: str) -> HttpResponse:
    """One move of an application."""
    one = application_of(request, pk)
    to = redirect("vouchers:application_page", pk=one.pk).url
    return press(request, EVENTS, event, to=to, application_id=one.pk)
