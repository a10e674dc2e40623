from __future__ import annotations

from typing import TYPE_CHECKING

from checks.__main__ import main, problems

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def a_project(root: Path) -> Path:
    for name, text in {
        "grants/actions/call.py": "call.state = 1\n",
        "grants/migrations/0001_initial.py": "call.state = 1\n",
        "templates/a.html": "<style>\n",
        "elsewhere/b.py": "call.state = 1\n",
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return root


def test_code_and_templates_are_read_and_migrations_are_not(tmp_path: Path) -> None:
    found = [str(problem) for problem in problems(a_project(tmp_path))]
    assert found == [
        "grants/actions/call.py:1: a state changes only through core.gate.fire",
        "templates/a.html:1: no inline style: static/css has the styles",
    ]


def test_problems_are_printed_and_end_in_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(a_project(tmp_path))
    assert main() == 1
    assert capsys.readouterr().out.endswith("2 problems\n")


def test_a_project_without_problems_ends_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main() == 0
    assert capsys.readouterr().out == "No problems.\n"
