"""A sample file for a linter, as if it stood at a path of the project."""

from __future__ import annotations

from pathlib import PurePosixPath
from textwrap import dedent

from checks.source import Module, Text


def a_module(code: str, *, at: str = "grants/actions/call.py") -> Module:
    return Module(PurePosixPath(at), dedent(code))


def a_template(markup: str, *, at: str = "templates/grants/call_detail.html") -> Text:
    return Text(PurePosixPath(at), dedent(markup))
