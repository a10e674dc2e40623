"""The whole ledger, or one book, as files that a single file of Python verifies elsewhere."""

from __future__ import annotations

from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING

from ledger.models import Checkpoint, CheckpointHead, CheckpointRow
from ledger.queries import attested, rows
from ledger.rules import checkpoint

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Protocol

    from ledger.models import Book

    class Progress(Protocol):
        """Is told how many lines of a file are written, and when it is over."""

        def __call__(self, name: str, lines: int, *, over: bool) -> None: ...


_TELL = 10_000
_CHUNK = 2000
VERIFIER = "verify_ledger.py"


class Folder:
    """Writes files of JSON lines and remembers their hashes for the manifest."""

    def __init__(self, path: Path, *, progress: Progress) -> None:
        path.mkdir(parents=True)
        self.path, self.progress = path, progress
        self.files: dict[str, str] = {}

    def write(self, name: str, found: Iterator[object]) -> None:
        """One line per row; the progress is told every ten thousand lines and at the end."""
        read, number = sha256(), 0
        with self.path.joinpath(name).open("wb") as file:
            for number, row in enumerate(found, start=1):
                line = checkpoint.dumps(row).encode() + b"\n"
                read.update(line)
                file.write(line)
                if number % _TELL == 0:
                    self.progress(name, number, over=False)
        self.progress(name, number, over=True)
        self.files[name] = read.hexdigest()

    def close(self, *, book: str | None, tables: list[str]) -> None:
        """The manifest and the verifier: last, so that a folder with a manifest is whole."""
        self.path.joinpath(VERIFIER).write_bytes(
            files("ledger.verifier").joinpath(VERIFIER).read_bytes()
        )
        manifest = {"format": 1, "book": book, "tables": tables, "files": self.files}
        self.path.joinpath("manifest.json").write_text(checkpoint.dumps(manifest) + "\n")


def export(path: Path, *, book: Book | None, progress: Progress) -> None:
    """Write everything as of one moment; the same ledger makes the same bytes.

    ``path`` must not exist. Of other books, checkpoints keep the hashes alone.
    """
    folder, numbers = Folder(path, progress=progress), {}

    def accounts() -> Iterator[object]:
        for number, (pk, row) in enumerate(rows.accounts(book), start=1):
            numbers[pk] = number
            yield {"n": number, **row}

    with rows.one_snapshot():
        folder.write("accounts.jsonl", accounts())
        folder.write("events.jsonl", rows.events(book, numbers=numbers))
        for name, table in attested.TABLES.items():
            folder.write(f"{name}.jsonl", table.rows(book))
        folder.write("checkpoints.jsonl", _checkpoints())
        folder.write("heads.jsonl", _heads())
        folder.write("rows.jsonl", _rows(book))
    folder.close(book=book.code if book else None, tables=list(attested.TABLES))


def _checkpoints() -> Iterator[object]:
    names = [field.name for field in Checkpoint._meta.concrete_fields]
    for values in Checkpoint.objects.order_by("n").values_list(*names).iterator(_CHUNK):
        yield dict(zip(names, map(checkpoint.plain, values), strict=True))


def _heads() -> Iterator[object]:
    found = CheckpointHead.objects.order_by("checkpoint_id", "id").values_list(
        "checkpoint_id", "code", "version", "head", "closed"
    )
    for n, code, version, head, closed in found.iterator(_CHUNK):
        yield [n, sha256(code.encode()).hexdigest(), version, bytes(head).hex(), closed]


def _rows(book: Book | None) -> Iterator[object]:
    found = CheckpointRow.objects.order_by("checkpoint_id", "id").values_list(
        "checkpoint_id", "table", "key", "digest"
    )
    for n, table, key, digest in found.iterator(_CHUNK):
        mine = book is None or f"{key}/".startswith(f"{book.code}/")
        yield [n, table, key if mine else None, bytes(digest).hex()]
