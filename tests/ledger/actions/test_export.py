"""An export is verified by one file, anywhere; what is changed in it is found and named."""

from __future__ import annotations

import json
import random
import sys
from hashlib import sha256
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import CommandError, call_command

from ledger.actions import signing
from ledger.actions.checkpoint import take_checkpoint
from ledger.verifier import verify_ledger
from ledger.verifier.verify_ledger import Export
from tests.factories.ledger import AT, an_awarded_desk
from tests.ledger import evidence, stories

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytest_django import DjangoDbBlocker

    from tests.databases import TemplateDatabase

EDITS = 250


@pytest.fixture(scope="module")
def folder(
    django_db_setup: TemplateDatabase,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Path]:
    """An export of two grants with two checkpoints and a little after them."""
    with evidence.owned(django_db_setup, django_db_blocker):
        evidence.two_lives()
        yield evidence.exported(tmp_path_factory.mktemp("export") / "ledger")


def faults(folder: Path, *, roots: set[str] = frozenset()) -> list[tuple[str, str, str]]:  # type: ignore[assignment]  # never changed
    export = Export(folder)
    export.verify(set(roots), None)
    found: list[tuple[str, str, str]] = export.ledger.faults
    return found


def test_it_passes_where_nothing_but_python_is(folder: Path) -> None:
    code, said = evidence.verified(folder)
    assert code == 0
    assert said.startswith("PASS: 2 books, ")
    assert "2 checkpoints; newest root " in said


@pytest.mark.django_db
def test_the_same_ledger_makes_the_same_bytes(tmp_path: Path) -> None:
    evidence.a_life()
    take_checkpoint(at=AT)
    folders = [evidence.exported(tmp_path / name) for name in ("one", "two")]
    one, two = ({file.name: file.read_bytes() for file in f.iterdir()} for f in folders)
    assert one == two
    said = json.loads(one["manifest.json"])["files"]
    assert said == {
        name: sha256(content).hexdigest()
        for name, content in one.items()
        if name.endswith(".jsonl")
    }


@pytest.mark.django_db
def test_a_root_and_a_key_that_one_holds_are_compared(tmp_path: Path) -> None:
    evidence.a_life()
    taken = take_checkpoint(at=AT)
    assert taken is not None
    folder = evidence.exported(tmp_path / "ledger")
    root = bytes(taken.root).hex()
    key = signing.fingerprint(bytes(taken.public_key))
    assert evidence.verified(folder, "--root", root, "--fingerprint", key)[0] == 0
    code, said = evidence.verified(folder, "--root", "ab" * 32)
    assert (code, "the root you hold is not here: abab" in said) == (1, True)
    code, said = evidence.verified(folder, "--fingerprint", "cd" * 32)
    assert (code, "not signed by the key cdcd" in said) == (1, True)


@pytest.mark.django_db
def test_one_book_is_exported_and_verified_alone(tmp_path: Path) -> None:
    book = evidence.a_life().book
    other = stories.with_voucher().book
    take_checkpoint(at=AT)
    folder, out = tmp_path / "ledger", StringIO()
    call_command("export_ledger", str(folder), book=book.code, stdout=out)
    assert "events.jsonl" in out.getvalue()
    assert f"python3 -I -S {folder}/verify_ledger.py" in out.getvalue()
    assert evidence.verified(folder)[0] == 0
    assert faults(folder) == []
    everything = b"".join(file.read_bytes() for file in folder.glob("*.jsonl"))
    assert other.code.encode() not in everything
    with pytest.raises(CommandError, match="exists already"):
        call_command("export_ledger", str(folder))
    with pytest.raises(CommandError, match="There is no book"):
        call_command("export_ledger", str(tmp_path / "new"), book="none")


@pytest.mark.django_db
def test_progress_is_told_while_a_file_grows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ledger.actions import export

    monkeypatch.setattr(export, "_TELL", 5)
    an_awarded_desk()
    told: list[tuple[str, int, bool]] = []
    export.export(
        tmp_path / "ledger",
        book=None,
        progress=lambda name, n, *, over: told.append((name, n, over)),
    )
    assert ("accounts.jsonl", 5, False) in told
    assert ("settlements.jsonl", 0, True) in told


@pytest.mark.django_db
def test_what_is_not_an_export_is_said_to_be_none(tmp_path: Path) -> None:
    an_awarded_desk()
    folder = evidence.exported(tmp_path / "ledger")
    (folder / "heads.jsonl").unlink()
    assert evidence.verified(folder)[0] == 1
    (folder / "manifest.json").unlink()
    code, said = evidence.verified(folder)
    assert (code, "FAIL: the export can't be read" in said) == (1, True)


# -------------------------------------------------------------- changes


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Every value in a row that is not a list or an object, with its way there."""
    if isinstance(value, dict | list):
        for key in value if isinstance(value, dict) else range(len(value)):
            yield from leaves(value[key], (*path, key))
    else:
        yield path, value


def another(value: Any, chance: random.Random) -> Any:
    if isinstance(value, bool):
        return not value
    if isinstance(value, int) or value is None:
        return (value or 0) + chance.choice([-1, 1, 7])
    at = chance.randrange(len(value) + 1)
    return value[:at] + chance.choice("0123456789abcdef") + value[at + 1 :]


def is_lawful(row: Any, path: tuple[Any, ...]) -> bool:
    """An empty account of a voucher may be closed, and a name of no file checked says nothing."""
    return path == ("closed",) and not row["closed"] and not row["balance"] and bool(row["key"])


def _code(folder: Path, name: str) -> set[str]:
    lines = (folder / "accounts.jsonl").read_text().splitlines()
    codes = (json.loads(line)["code"] for line in lines)
    return {code for code in codes if sha256(code.encode()).hexdigest() == name}


def resealed(folder: Path) -> None:
    """The manifest made anew, as whoever changes a file would."""
    manifest = json.loads((folder / "manifest.json").read_text())
    for name in manifest["files"]:
        manifest["files"][name] = sha256((folder / name).read_bytes()).hexdigest()
    (folder / "manifest.json").write_text(json.dumps(manifest))


def changed(folder: Path, chance: random.Random) -> tuple[str, set[str]] | None:
    """Change one value, drop a line or exchange two, in place; what names it in a report."""
    file = chance.choice(sorted(folder.glob("*.jsonl")))
    lines = file.read_text().splitlines(keepends=True)
    if len(lines) < 2:
        return None
    at = chance.randrange(len(lines) - 1)
    row = json.loads(lines[at])
    names = {f"{file.name} line {at + 1}", f"{file.name} line {at + 2}", file.name}
    names |= {str(v) for _, v in leaves(row) if isinstance(v, str) and len(v) > 3}
    if file.name in {"heads.jsonl", "rows.jsonl"}:  # a root tells of which checkpoint, no more
        names |= {f"checkpoint {row[0]}", *_code(folder, row[1])}
    kind = chance.choice(["value"] * 4 + ["drop", "exchange"])
    if kind == "value":
        name = one_value(row, chance)
        lines[at] = json.dumps(row, sort_keys=True, separators=(",", ":")) + "\n"
        names |= {f"checkpoint {row[0]}"} if isinstance(row, list) else set()
    elif kind == "drop":
        name = "dropped"
        del lines[at]
    else:  # elsewhere their order says nothing
        name = "exchanged" if file.name in {"accounts.jsonl", "checkpoints.jsonl"} else ""
        lines[at], lines[at + 1] = lines[at + 1], lines[at]
    if name:
        file.write_text("".join(lines))
    return (f"{file.name} line {at + 1}: {name}", names) if name else None


def one_value(row: Any, chance: random.Random) -> str:
    """Another value in one place of the row; "" when it would be a lawful one or the same."""
    path, value = chance.choice(list(leaves(row)))
    changed = another(value, chance)
    if changed == value or is_lawful(row, path):
        return ""
    spot = row
    for step in path[:-1]:
        spot = spot[step]
    spot[path[-1]] = changed
    return f"{path} {value!r} -> {changed!r}"


def test_every_change_of_an_export_is_found_and_named(folder: Path, tmp_path: Path) -> None:
    assert faults(folder) == []
    pristine = {file: file.read_bytes() for file in folder.iterdir()}
    chance, made, complaints = random.Random(3), 0, []
    while made < EDITS:
        edit = changed(folder, chance)
        if edit is not None:
            made += 1
            resealed(folder)
            found = faults(folder)
            said = [" ".join(fault) for fault in found]
            if not found:
                complaints.append(f"not found: {edit[0]}")
            elif not any(name in said[0] for name in edit[1]):
                complaints.append(f"not named: {edit[0]}: {said[:3]}")
        for file, content in pristine.items():
            file.write_bytes(content)
    assert complaints == [], "\n".join(complaints)


def test_a_file_that_is_not_the_exported_one_is_named(folder: Path) -> None:
    file = folder / "books.jsonl"
    content = file.read_bytes()
    file.write_bytes(content.replace(b":", b": ", 1))
    assert faults(folder) == [("I0", "books.jsonl", "it is not the file that was exported")]
    file.write_bytes(content)


def test_the_command_line_of_the_verifier(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["verify_ledger.py", str(folder)])
    verify_ledger.main()
    assert capsys.readouterr().out.startswith("PASS: 2 books, ")
    monkeypatch.setattr(sys, "argv", ["verify_ledger.py", str(folder), "--root", "00"])
    with pytest.raises(SystemExit, match="the root you hold is not here: 00"):
        verify_ledger.main()
    monkeypatch.setattr(sys, "argv", ["verify_ledger.py", str(folder), "--fingerprint", "cd"])
    with pytest.raises(SystemExit, match="not signed by the key cd"):
        verify_ledger.main()
    monkeypatch.setattr(sys, "argv", ["verify_ledger.py", str(folder / "nowhere")])
    with pytest.raises(SystemExit, match="the export can't be read"):
        verify_ledger.main()
