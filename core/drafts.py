"""Forms that save themselves: kept by the browser's script, or by a button without one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import redirect, render

from core import clock
from core.errors import DomainError, NotAllowed

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.forms import BaseForm
    from django.http import HttpResponse

    from core.web import Request


def keep_draft(
    request: Request,
    form: BaseForm,
    save: Callable[..., Any],
    *,
    to: str,
    template: str,
    context: dict[str, Any],
) -> HttpResponse:
    """Show a draft, or keep it as it is; a refusal keeps what was typed and says why."""
    by_itself = bool(getattr(request, "htmx", False))
    if request.method != "POST":
        return render(request, template, context | {"form": form})
    if form.is_valid():
        try:
            save(actor=request.user, at=clock.now())
        except NotAllowed as error:
            raise Http404 from error
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            return _saved(request) if by_itself else redirect(to)
    if by_itself:
        return render(request, "components/unsaved.html", {"form": form})
    return render(request, template, context | {"form": form}, status=422)


def _saved(request: Request) -> HttpResponse:
    return render(request, "components/saved.html", {"at": clock.now(), "by": None})
