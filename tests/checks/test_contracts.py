"""The import contracts of pyproject.toml, tried on a small copy of the house."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINTER = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
CONTRACTS = [contract for contract in LINTER["contracts"] if "containers" in contract]
ROOMS = {contract["containers"][0]: contract["layers"] for contract in CONTRACTS}


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """Every module that a contract names, all of them empty."""
    (tmp_path / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text())
    for app in LINTER["root_packages"]:
        (tmp_path / app).mkdir()
        for layer in ROOMS.get(app, ["models"]):
            for name in ("__init__", *re.findall(r"\w+", layer)):
                (tmp_path / app / f"{name}.py").write_text("")
    return tmp_path


def broken(house: Path) -> bool:
    script = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [script, "--no-cache"], cwd=house, check=False, capture_output=True, text=True
    )
    assert "Contracts:" in done.stdout, done.stdout + done.stderr
    return done.returncode != 0


def test_an_empty_house_keeps_them(house: Path) -> None:
    assert not broken(house)


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("grants/actions.py", "import vouchers.models"),
        ("grants/models.py", "import ledger.models\nimport reporting.models"),
        ("ledger/models.py", "import grants.models"),
        ("core/models.py", "import parties.models"),
        ("workflows/models.py", "import reporting.models"),
        ("vouchers/models.py", "import demo.models"),
        ("vouchers/rules.py", "import vouchers.models"),
        ("parties/actions.py", "import parties.views"),
        ("reporting/renderers.py", "import reporting.reports"),
        ("grants/actions.py", "import grants.wiring"),
        ("ledger/queries.py", "import ledger.api"),
        (
            "grants/lifecycle.py",
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import grants.actions",
        ),
    ],
)
def test_an_arrow_that_points_up_breaks_them(house: Path, file: str, line: str) -> None:
    (house / file).write_text(line + "\n")
    assert broken(house)


def test_a_module_without_a_place_breaks_them(house: Path) -> None:
    (house / "grants" / "utils.py").write_text("")
    assert broken(house)


def test_every_app_with_layers_is_covered() -> None:
    assert set(ROOMS) == set(LINTER["root_packages"]) - {"config", "demo", "core"}


def test_there_is_no_list_of_exceptions() -> None:
    assert "ignore_imports" not in str(LINTER)
