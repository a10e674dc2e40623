"""Pages that anybody may read: calls and the verification of receipts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from core import clock
from core.web import public
from grants.forms.receipt import ReceiptFileForm, ReceiptNumberForm
from grants.models import Call
from grants.queries import call_pages, receipts

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@public
@require_GET
def call_list(request: HttpRequest) -> HttpResponse:
    """Open calls first, then those that are over."""
    at = clock.now()
    context = {"calls": call_pages.open_calls(at), "past": call_pages.past_calls(at)}
    return render(request, "public/calls.html", context)


@public
@require_GET
def call_page(request: HttpRequest, identifier: str) -> HttpResponse:
    """One call with all its rules and where each value comes from."""
    call = get_object_or_404(Call.objects.public(), identifier=identifier)
    context = call_pages.call_context(call, at=clock.now())
    return render(request, "public/call.html", context)


@public
def receipt_verify(request: HttpRequest) -> HttpResponse:
    """Say whether a receipt is genuine, by number and fingerprint or by the file."""
    is_file = request.method == "POST"
    asked = request.GET if "number" in request.GET and not is_file else None
    by_number = ReceiptNumberForm(asked)
    by_file = ReceiptFileForm(request.POST, request.FILES) if is_file else ReceiptFileForm()
    context = {"by_number": by_number, "by_file": by_file, "asked": False}
    if by_number.is_valid():
        number, digits = by_number.cleaned_data["number"], by_number.cleaned_data["fingerprint"]
        context |= {"asked": True, "found": receipts.by_number(number, fingerprint=digits)}
    if by_file.is_valid():
        context |= {"asked": True, "found": receipts.by_file(by_file.cleaned_data["file"][1])}
    return render(request, "public/verify_receipt.html", context)
