"""The shape of a view: who may come in, one action, one answer."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from core import clock
from core.errors import DomainError, NotAllowed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from django.forms import BaseForm

    from core.models import Person

View = TypeVar("View", bound="Callable[..., HttpResponseBase]")


class Request(HttpRequest):
    """A request of somebody who has signed in."""

    user: Person  # signed_in has turned anonymous visitors away


def public(view: View) -> View:
    """Anyone may come in; the view shows only what is published."""
    view.access = "public"  # type: ignore[attr-defined]  # read by AccessMiddleware
    return view


def signed_in(view: View) -> View:
    """Only people who have signed in; what they see is the view's ``visible_to``."""
    guarded = login_required(view)
    guarded.access = "signed_in"  # type: ignore[attr-defined]  # read by AccessMiddleware
    return guarded


def perform(
    request: Request,
    call: Callable[..., Any],
    *,
    to: Any,
    message: str = "",
    **arguments: Any,
) -> HttpResponse:
    """Run one action as the signed-in person, now. A refusal becomes a page with its reason."""
    try:
        call(actor=request.user, at=clock.now(), **arguments)
    except NotAllowed as error:
        raise Http404 from error
    except DomainError as refusal:
        return refused(request, refusal, back=to)
    messages.success(request, message or _("Done."))
    return redirect(to)


def press(
    request: Request,
    events: Mapping[str, Callable[..., Any]],
    event: str,
    *,
    to: Any,
    **arguments: Any,
) -> HttpResponse:
    """Perform the action behind a button of a lifecycle, with the reason that was typed, if any."""
    if event not in events:
        raise Http404
    reason = request.POST.get("reason", "")
    return perform(request, events[event], to=to, reason=reason, **arguments)


def refused(request: Request, refusal: DomainError, *, back: Any, **more: Any) -> HttpResponse:
    """Say that nothing was changed, why, and what to do (409); ``more`` may name ``ways`` on."""
    context = {"refusal": refusal, "back": redirect(back).url} | more
    return render(request, "errors/refused.html", context, status=409)


@contextmanager
def refusals_in(form: BaseForm) -> Iterator[None]:
    """What an action refuses stands in the form; who may not sees no such page."""
    try:
        yield
    except NotAllowed as error:
        raise Http404 from error
    except DomainError as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))


def save_form(
    request: Request,
    form: BaseForm,
    call: Callable[..., Any],
    *,
    to: Any,
    template: str,
    context: dict[str, Any] | None = None,
    message: str = "",
    **arguments: Any,
) -> HttpResponse:
    """Show a form, or act on it. ``call`` gets the cleaned fields; a refusal keeps what was typed.

    ``to`` may be a function of the action's result.
    """
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            result = call(actor=request.user, at=clock.now(), **arguments, **form.cleaned_data)
            messages.success(request, message or _("Saved."))
            return redirect(to(result) if callable(to) else to)
    status = 422 if form.is_bound and form.errors else 200
    return render(request, template, {"form": form} | (context or {}), status=status)
