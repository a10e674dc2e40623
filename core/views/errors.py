"""Pages that say what went wrong, that nothing was changed, and the way on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from core.web import public


@public
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001  as called
    """400: the request could not be read."""
    return render(request, "errors/400.html", status=400)


@public
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001  as called
    """403: never the answer to a missing right (that is 404), only to a broken request."""
    return render(request, "errors/403.html", status=403)


@public
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001  as called
    """404: there is no such page, or not for this person; it never says which."""
    return render(request, "errors/404.html", status=404)


@public
def server_error(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  as called
    """500: drawn without the database, which may be what failed."""
    return HttpResponse(render_to_string("errors/500.html"), status=500)


@public
def csrf_failure(
    request: HttpRequest,
    reason: str = "",  # noqa: ARG001  as called
) -> HttpResponse:
    """403: a form came back after its session had ended; what was typed is kept in the browser."""
    return render(
        request, "errors/session_expired.html", {"back": request.get_full_path()}, status=403
    )
