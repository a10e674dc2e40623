"""Deny by default, and keep what signed-in people see out of every cache."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_vary_headers

from core.reading import only_reading

if TYPE_CHECKING:
    from collections.abc import Callable

READING = frozenset({"GET", "HEAD"})


class AccessMiddleware:
    """Refuse a view that declares nobody (``core.web.public`` or ``signed_in``)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with only_reading() if request.method in READING else nullcontext():
            response = self.get_response(request)
        if request.user.is_authenticated:
            response["Cache-Control"] = "no-store, private"
            patch_vary_headers(response, ["Cookie"])
        return response

    def process_view(
        self, _request: HttpRequest, view: Callable[..., Any], _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        if getattr(view, "access", None) is None:
            return HttpResponse("This page declares nobody who may see it.", status=403)
        return None
