from __future__ import annotations

import ast

import pytest

from checks import sizes
from tests.checks.samples import a_module, a_template


def a_function(lines: int) -> str:
    return "def f():\n" + "    x = 1\n" * (lines - 1)


@pytest.mark.parametrize(
    ("at", "most"), [("grants/actions/call.py", 300), ("tests/test_a.py", 400)]
)
def test_a_file_is_as_long_as_its_limit_and_no_longer(at: str, most: int) -> None:
    assert list(sizes.check_module(a_module("x = 1\n" * most, at=at))) == []
    assert len(list(sizes.check_module(a_module("x = 1\n" * (most + 1), at=at)))) == 1


def test_a_function_is_as_long_as_its_limit_and_no_longer() -> None:
    assert list(sizes.check_module(a_module(a_function(40)))) == []
    assert len(list(sizes.check_module(a_module(a_function(41))))) == 1


def test_a_view_has_a_limit_of_its_own() -> None:
    view = "def f(request) -> HttpResponse:\n" + "    x = 1\n" * 14
    assert list(sizes.check_module(a_module(view, at="grants/views/call.py"))) == []
    assert len(list(sizes.check_module(a_module(view + "    x = 1\n", at="grants/views.py")))) == 1


@pytest.mark.parametrize(
    ("code", "depth"),
    [
        ("x = 1", 0),
        ("if a:\n  x = 1", 1),
        ("if a:\n  x = 1\nelif b:\n  x = 2\nelif c:\n  x = 3", 1),
        ("if a:\n  x = 1\nelse:\n  if b:\n    x = 2\n  y = 1", 2),
        ("for a in b:\n  with c:\n    try:\n      x = 1\n    finally:\n      y = 1", 3),
        ("try:\n  x = 1\nexcept E:\n  if a:\n    x = 2", 2),
        ("match a:\n  case 1:\n    while b:\n      x = 1", 2),
        ("if a:\n  def g():\n    if b:\n      x = 1", 1),
    ],
)
def test_nesting_counts_blocks_inside_each_other(code: str, depth: int) -> None:
    assert sizes.nesting(ast.parse(code).body[0]) == depth


def test_a_fourth_block_inside_three_is_found() -> None:
    code = "def f():\n  for a in b:\n    if c:\n      for d in e:\n        if g:\n          x = 1"
    assert len(list(sizes.check_module(a_module(code)))) == 1


def test_a_template_is_as_long_as_its_limit_and_no_longer() -> None:
    assert list(sizes.check_template(a_template("<p>\n" * 80))) == []
    assert len(list(sizes.check_template(a_template("<p>\n" * 81)))) == 1
