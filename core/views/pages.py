"""Plain pages: help, accessibility, privacy."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.web import public


@public
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """How to do what people come for, by role."""
    return render(request, "public/help.html")


@public
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """What was checked, what is known not to work, how to tell us."""
    return render(request, "public/accessibility.html")


@public
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Which personal data are kept, why, how long, and the rights of a person."""
    return render(request, "public/privacy.html")
