"""Forms that save themselves: kept by the browser's script, or by a button without one.

The script is told when it was saved, or why not (422). Then the page and the browser keep what was
typed: only an answer that says "saved" lets the browser forget its copy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import redirect, render

from core import clock
from core.web import refusals_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.forms import BaseForm
    from django.http import HttpResponse

    from core.web import Request


def saves_itself(request: Request) -> bool:
    """Whether the page's script sends this, while somebody writes."""
    return request.method == "POST" and "HX-Request" in request.headers


def keep_draft(
    request: Request,
    form: BaseForm,
    save: Callable[..., Any],
    *,
    to: str,
    template: str,
    context: dict[str, Any],
) -> HttpResponse:
    """Show a draft, or keep it as it is; a refusal keeps what was typed and says why.

    ``save`` takes from the form what it needs, also from what is not complete yet.
    """
    if saves_itself(request):
        return autosave(request, form, lambda *, actor, at, **_: save(actor=actor, at=at))
    if request.method != "POST":
        return render(request, template, context | {"form": form})
    if form.is_valid():
        with refusals_in(form):
            save(actor=request.user, at=clock.now())
            return redirect(to)
    return render(request, template, context | {"form": form}, status=422)


def autosave(
    request: Request,
    form: BaseForm,
    save: Callable[..., Any],
    *,
    template: str = "components/saved.html",
) -> HttpResponse:
    """Save while somebody writes and say when, or why not. ``save`` gets the cleaned fields.

    The template gets its result as ``saved``.
    """
    if form.is_valid():
        with refusals_in(form):
            at = clock.now()
            saved = save(actor=request.user, at=at, **form.cleaned_data)
            return render(request, template, {"at": at, "saved": saved})
    return not_saved(request, [str(words) for listed in form.errors.values() for words in listed])


def not_saved(request: Request, sentences: Iterable[str]) -> HttpResponse:
    """Say why, in the place of the time of the last saving; the rest of the page stays."""
    answer = render(request, "components/unsaved.html", {"sentences": sentences}, status=422)
    answer["HX-Retarget"], answer["HX-Reswap"] = "#saved", "outerHTML"
    return answer
