"""The front for visitors, the home for people who have signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from core import clock
from core.web import Request, public, signed_in
from workflows.queries import front
from workflows.queries.home import home
from workflows.worklist import due_rows, items, tasks_for

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PAGE = 50


@public
@require_safe
def front_page(request: HttpRequest) -> HttpResponse:
    """What is open to everybody; whoever has signed in goes home."""
    if request.user.is_authenticated:
        return redirect("workflows:home_page")
    audience = request.GET.get("for", "")
    shown = audience if audience in front.AUDIENCES else ""
    return render(request, "public/front.html", front.front(audience=shown, at=clock.now()))


@signed_in
@require_safe
def home_page(request: Request) -> HttpResponse:
    """What waits for the person, and a list for each role."""
    at = clock.now()
    context = {"home": home(request.user, at=at), "at": at}
    return render(request, "workflows/home_page.html", context)


@signed_in
@require_safe
def waiting_list(request: Request) -> HttpResponse:
    """All that waits for the person, soonest first."""
    tasks = tasks_for(request.user, at=clock.now())
    page = Paginator(tasks, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": due_rows(items(page.object_list))}
    return render(request, "workflows/waiting_list.html", context)
