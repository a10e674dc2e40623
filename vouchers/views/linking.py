"""Linked enterprises of an applicant: what they share, and a tie that an officer records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect
from django.utils.translation import gettext as _

from core.web import Request, save_form, signed_in
from vouchers.actions import linking
from vouchers.forms.linking import TieForm
from vouchers.queries import linked as pages
from vouchers.views.reach import managed_application, today

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse


@signed_in
def application_linked(request: Request, pk: UUID) -> HttpResponse:
    """The applicant's linked enterprises, their common cap, and one more tie."""
    one = managed_application(request, pk)
    return save_form(
        request,
        TieForm(request.POST or None, request.FILES or None),
        linking.record,
        to=redirect("vouchers:application_linked", pk=pk).url,
        template="vouchers/application_linked.html",
        context={"application": one, **pages.linked_page(one, on=today())},
        message=_("Recorded. Both are told, and what they were awarded counts together."),
        application_id=pk,
    )
