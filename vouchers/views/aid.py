"""The list of other de minimis aid, as the SME declares it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from core.web import Request, perform, signed_in
from vouchers.actions import application as actions
from vouchers.forms.aid import aid_formset
from vouchers.models import Application
from vouchers.queries import aid as pages
from vouchers.views.reach import own_application

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse


@signed_in
def application_aid(request: Request, pk: UUID) -> HttpResponse:
    """List other aid of a draft, or add what came since to an award that waits."""
    one = own_application(request, pk)
    if not one.sme_call.is_aid:
        raise Http404
    formset = aid_formset()(request.POST or None, initial=pages.draft_rows(one))
    if request.method != "POST" or not formset.is_valid():
        context = {"application": one, "formset": formset, "table": pages.declared_table(one)}
        status = 422 if formset.is_bound else 200
        return render(request, "vouchers/application_aid.html", context, status=status)
    to = redirect(f"vouchers:application_{'page' if is_draft(one) else 'accept'}", pk).url
    values = {"application_id": pk, "rows": formset.rows()}
    return perform(request, actions.declare_aid, to=to, message=_("Saved."), **values)


def is_draft(one: Application) -> bool:
    """A draft's list is replaced; later only rows are added."""
    return one.state == Application.State.DRAFT
