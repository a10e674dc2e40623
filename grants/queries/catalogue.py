"""The calls whose rules come with the system, as files that people can read and edit."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent / "catalogue"


def entries() -> dict[str, dict[str, Any]]:
    """All catalogue files by their name without suffix, each with its identifier and title."""
    return {path.stem: read(path.stem) for path in sorted(FOLDER.glob("*.toml"))}


def read(slug: str) -> dict[str, Any]:
    """The content of one file. ``KeyError`` when there is none of this name."""
    known = {path.stem: path for path in FOLDER.glob("*.toml")}
    return tomllib.loads(known[slug].read_text(encoding="utf-8"), parse_float=str)
