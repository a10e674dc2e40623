"""The SME declaration: figures, ties, earlier years, and the class that follows at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core import clock
from core.errors import DomainError
from core.web import Request, perform, signed_in
from vouchers.actions import sme_status as actions
from vouchers.forms.sme_status import StatusForms
from vouchers.models import SmeStatus
from vouchers.models.choices import SizeClass
from vouchers.queries.sentences import ground_sentence, work_units
from vouchers.rules.sme_declaration import finding_of
from vouchers.views.reach import own_application

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse


@signed_in
def application_size(request: Request, pk: UUID) -> HttpResponse:
    """Declare the size of the enterprise."""
    one = own_application(request, pk)
    status = SmeStatus.objects.filter(application=one).first()
    forms = StatusForms(request.POST or None, status=status)
    if request.method == "POST" and forms.is_valid():
        return _declare(request, one.pk, forms)
    context = {"application": one, "forms": forms, "found": _found(forms)}
    code = 422 if request.method == "POST" else 200
    return render(request, "vouchers/application_size.html", context, status=code)


def _declare(request: Request, pk: UUID, forms: StatusForms) -> HttpResponse:
    return perform(
        request,
        actions.declare,
        to=redirect("vouchers:application_page", pk=pk).url,
        message=_("The size of the enterprise is saved."),
        application_id=pk,
        declared=forms.main.cleaned_data["declared"],
        is_estimate=forms.main.cleaned_data["is_estimate"],
        declaration=forms.declaration(),
    )


@signed_in
@require_POST
def application_size_preview(request: Request, pk: UUID) -> HttpResponse:
    """The class that follows from what is typed so far; nothing is saved."""
    own_application(request, pk)
    found = _found(StatusForms(request.POST))
    return render(request, "vouchers/application_size_found.html", {"found": found})


def _found(forms: StatusForms) -> dict[str, object] | None:
    """The finding in words; nothing while the figures are not complete."""
    if not forms.main.is_bound or not forms.is_valid():
        return None
    try:
        finding = finding_of(forms.declaration())
    except (DomainError, ValueError):
        return None
    return {
        "at": clock.now(),
        "size": SizeClass(finding.size.value).label,
        "is_sme": finding.is_sme,
        "agrees": finding.size.value == forms.main.cleaned_data["declared"],
        "headcount": work_units(finding.totals.headcount),
        "turnover": int(finding.totals.turnover),
        "balance": int(finding.totals.balance),
        "grounds": [ground_sentence(ground.value) for ground in finding.grounds],
    }
