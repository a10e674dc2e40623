"""The door of the project, on machines that lack something."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ("sh", "dirname", "cmp", "grep", "date", "rm", "cp", "tee", "tail", "cat", "wc", "tr")


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """The door and the lock alone, in a folder with a space in its name."""
    folder = tmp_path / "a clone"
    folder.mkdir()
    for name in ("run", "requirements.lock"):
        shutil.copy(ROOT / name, folder / name)
    (tmp_path / "bin").mkdir()
    for tool in TOOLS:
        (tmp_path / "bin" / tool).symlink_to(str(shutil.which(tool)))
    return folder


def run(clone: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [clone / "run", *words],
        cwd="/",
        env={"PATH": str(clone.parent / "bin")},
        check=False,
        capture_output=True,
        text=True,
    )


def a_tool(clone: Path, name: str, script: str) -> None:
    tool = clone.parent / "bin" / name
    tool.write_text(f"#!/bin/sh\n{script}\n")
    tool.chmod(0o755)


def test_without_python_it_says_which_one_to_install(clone: Path) -> None:
    done = run(clone, "setup")
    assert done.returncode == 1
    assert "Python 3.11, 3.12 or 3.13 is needed and none was found." in done.stderr


def test_without_a_venv_module_it_says_how_to_get_it(clone: Path) -> None:
    a_tool(clone, "python3.11", 'case "$2" in *ensurepip*) exit 1 ;; esac')
    done = run(clone, "setup")
    assert done.returncode == 1
    assert "python3.11 is here, but its venv module is not complete." in done.stderr
    assert "apt-get install python3-venv" in done.stderr


def test_with_uv_it_installs_the_frozen_lock_and_only_once(clone: Path) -> None:
    a_tool(
        clone,
        "uv",
        'echo "uv $*" >>"$0.log"; mkdir -p .venv/bin; printf "#!/bin/sh\\n" >.venv/bin/python;'
        " chmod +x .venv/bin/python",
    )
    for tool in ("mkdir", "chmod"):
        (clone.parent / "bin" / tool).symlink_to(str(shutil.which(tool)))
    assert [run(clone, "setup").returncode for _ in range(2)] == [0, 0]
    assert (clone.parent / "bin" / "uv.log").read_text() == "uv sync --frozen --quiet\n"


def test_a_failed_installation_is_not_taken_for_done(clone: Path) -> None:
    a_tool(clone, "uv", "exit 3")
    assert [run(clone, "setup").returncode for _ in range(2)] == [3, 3]


def test_an_unknown_command_is_refused_with_the_list(clone: Path) -> None:
    done = run(clone, "launch")
    assert done.returncode == 1
    assert "there is no command 'launch'" in done.stderr
    assert "./run COMMAND" in done.stderr
