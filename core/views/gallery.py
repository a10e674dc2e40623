"""The component sheet: every part of the kit in its states; it has an address in the demo only."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core import clock
from core.presentation import gallery
from core.web import public


@public
@require_safe
def sheet(request: HttpRequest) -> HttpResponse:
    """Draw the sheet."""
    return render(request, "design/sheet.html", gallery.everything(clock.now()))
