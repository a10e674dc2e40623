from __future__ import annotations

import pytest

from checks import access
from tests.checks.samples import a_module

VIEW = "grants/views/call.py"


@pytest.mark.parametrize(
    "code",
    [
        "def call_list(request): ...",
        "def call_list(request: Request) -> HttpResponse: ...",
        "@require_POST\ndef call_list(request: Request, pk: UUID) -> HttpResponse: ...",
        "async def call_list(request: Request) -> HttpResponse: ...",
        "def call_list(request: Request) -> 'HttpResponse': ...",
        "def call_list(request: Request) -> HttpResponse | FileResponse: ...",
        "call_list = CallList.as_view()",
        "path('x/', CallList.as_view(template_name='x'))",
    ],
)
@pytest.mark.parametrize("at", [VIEW, "grants/views.py"])
def test_a_view_that_declares_nobody_is_found(code: str, at: str) -> None:
    assert len(list(access.check(a_module(code, at=at)))) == 1


@pytest.mark.parametrize(
    "code",
    [
        "@signed_in\ndef call_list(request: Request) -> HttpResponse: ...",
        "@web.public\ndef call_list(request: Request) -> HttpResponse: ...",
        "@require_POST\n@signed_in\ndef call_event(request: Request) -> HttpResponse: ...",
        "def _page(request: Request) -> HttpResponse: ...",
        "def call_of(request: Request) -> Call: ...",
        "def rows(call: Call) -> list[Row]: ...",
        "class SignIn(LoginView): ...",
        "path('x/', public(SignIn.as_view()))",
        "sign_in = signed_in(SignIn.as_view())",
    ],
)
def test_a_declared_view_or_a_part_of_one_is_no_problem(code: str) -> None:
    assert list(access.check(a_module(code, at=VIEW))) == []
