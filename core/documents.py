"""Files: taken in with care, kept once by fingerprint, given out only by a view that checked."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import puremagic
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.http import FileResponse, HttpResponseBase
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _

from core.errors import DomainError
from core.models import Document

if TYPE_CHECKING:
    from datetime import datetime

    from django.core.files.uploadedfile import UploadedFile

    from core.models import Person

PDF = "application/pdf"
PNG = "image/png"
JPEG = "image/jpeg"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EVIDENCE_KINDS = (PDF, PNG, JPEG)
UPLOAD_MAX = 10_000_000
Upload = tuple[str, bytes, str]  # an accepted file: its name, its bytes, what they are
_SUFFIXES = {PDF: ".pdf", PNG: ".png", JPEG: ".jpg", XLSX: ".xlsx", DOCX: ".docx"}


def store(
    content: bytes, *, kind: str, name: str, media_type: str, actor: Person, at: datetime
) -> Document:
    """Keep ``content``; the same bytes lie on disk once. Returns a new immutable record.

    The caller is in the transaction that also writes what refers to it: a process that dies
    between the two leaves neither.
    """
    assert transaction.get_connection().in_atomic_block, "store it with what refers to it"
    fingerprint = hashlib.sha256(content).hexdigest()
    path = f"documents/{fingerprint[:2]}/{fingerprint}"
    if not default_storage.exists(path):
        path = default_storage.save(path, ContentFile(content))
    return Document.objects.create(
        kind=kind,
        name=get_valid_filename(name)[:200],
        media_type=media_type,
        size=len(content),
        sha256=fingerprint,
        file=path,
        created_at=at,
        created_by=actor,
    )


def store_upload(upload: Upload, *, kind: str, actor: Person, at: datetime) -> Document:
    """Keep a file that a form accepted."""
    name, content, media_type = upload
    return store(content, kind=kind, name=name, media_type=media_type, actor=actor, at=at)


def store_json(
    content: dict[str, Any], *, kind: str, name: str, actor: Person, at: datetime
) -> Document:
    """Keep a decision or a snapshot as canonical JSON: sorted, UTF-8, the same bytes each time."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return store(
        text.encode(), kind=kind, name=name, media_type="application/json", actor=actor, at=at
    )


def accept_upload(
    upload: UploadedFile[bytes],
    *,
    kinds: tuple[str, ...] = EVIDENCE_KINDS,
    max_bytes: int = UPLOAD_MAX,
) -> tuple[bytes, str]:
    """The bytes of an uploaded file and what they are, judged by content, not by name.

    Raises ``DomainError`` when the file is empty, too big, or of another kind.
    """
    if (upload.size or 0) > max_bytes:
        raise DomainError(
            _(
                "“%(name)s” is %(size)s MB; a file may be %(max)s MB at most. "
                "Save it smaller and add it again."
            )
            % {
                "name": upload.name,
                "size": _megabytes(upload.size or 0),
                "max": _megabytes(max_bytes),
            }
        )
    content = upload.read()
    if not content:
        raise DomainError(_("“%(name)s” is empty. Choose the file again.") % {"name": upload.name})
    media_type = _media_type(content)
    if media_type not in kinds:
        raise DomainError(_other_kind(kinds) % {"name": upload.name, "allowed": _listed(kinds)})
    return content, media_type


def _other_kind(kinds: tuple[str, ...]) -> str:
    if len(kinds) == 1:
        return _(
            "“%(name)s” is not %(allowed)s, whatever its name says. "
            "Save it as %(allowed)s and add it again."
        )
    return _(
        "“%(name)s” is not one of %(allowed)s, whatever its name says. "
        "Save it as one of these and add it again."
    )


def _listed(kinds: tuple[str, ...]) -> str:
    return ", ".join(_SUFFIXES[kind][1:].upper() for kind in kinds)


def _media_type(content: bytes) -> str:
    try:
        found = puremagic.from_string(content, mime=True)
    except (puremagic.PureError, ValueError):
        return ""
    return "" if content.lstrip()[:1] == b"<" else str(found)


def _megabytes(size: int) -> str:
    """Up to the next tenth, so that a byte too many shows."""
    return f"{-(-size // 100_000) / 10:.1f}"


def read(document: Document) -> bytes:
    with document.file.open("rb") as file:
        content: bytes = file.read()
    if hashlib.sha256(content).hexdigest() != document.sha256:
        raise ValueError(f"document {document.pk} does not match its fingerprint")
    return content


def respond(document: Document) -> HttpResponseBase:
    """The file as a download that no browser will run. The view has checked who asks."""
    response = FileResponse(
        document.file.open("rb"),
        as_attachment=True,
        filename=document.name,
        content_type=document.media_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
