from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core import documents
from core.errors import DomainError
from core.models import Document, Person

if TYPE_CHECKING:
    from tests.databases import TemplateDatabase

AT = datetime(2024, 5, 17, 12, tzinfo=UTC)
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489")


@pytest.mark.django_db
def test_store_keeps_the_bytes_and_their_fingerprint() -> None:
    actor = Person.objects.system()
    one = documents.store(
        PDF, kind="evidence", name="a b.pdf", media_type=documents.PDF, actor=actor, at=AT
    )
    two = documents.store(
        PDF, kind="evidence", name="c.pdf", media_type=documents.PDF, actor=actor, at=AT
    )
    assert one.sha256 == hashlib.sha256(PDF).hexdigest()
    assert one.name == "a_b.pdf"
    assert one.file.name == two.file.name
    assert documents.read(two) == PDF


def test_nothing_is_stored_without_what_refers_to_it(fresh_database: TemplateDatabase) -> None:
    del fresh_database
    alone = {"kind": "evidence", "name": "a.pdf", "media_type": documents.PDF}
    with pytest.raises(AssertionError, match="what refers to it"):
        documents.store(PDF, **alone, actor=Person.objects.system(), at=AT)
    assert not Document.objects.exists()


@pytest.mark.django_db
def test_respond_is_a_download_that_no_browser_runs() -> None:
    actor = Person.objects.system()
    document = documents.store(
        PDF, kind="evidence", name="a.pdf", media_type=documents.PDF, actor=actor, at=AT
    )
    response = documents.respond(document)
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    response.close()


@pytest.mark.parametrize(("content", "kind"), [(PDF, documents.PDF), (PNG, documents.PNG)])
def test_accept_upload_judges_by_content(content: bytes, kind: str) -> None:
    upload = SimpleUploadedFile("anything.xyz", content)
    assert documents.accept_upload(upload) == (content, kind)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b"<html><script>alert(1)</script>", "is not one of PDF, PNG, JPG"),
        (b"<svg onload='x'/>", "is not one of"),
        (b"MZ\x90\x00", "is not one of"),
        (b"plain words", "is not one of"),
    ],
)
def test_accept_upload_refuses_with_a_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(DomainError, match=sentence):
        documents.accept_upload(SimpleUploadedFile("evidence.pdf", content))


def test_accept_upload_of_one_kind_names_it() -> None:
    notes = SimpleUploadedFile("notes.pdf", b"plain words")
    with pytest.raises(DomainError, match=r"“notes.pdf” is not PDF, whatever .* Save it as PDF"):
        documents.accept_upload(notes, kinds=(documents.PDF,))


def test_accept_upload_names_both_sizes_when_too_big() -> None:
    upload = SimpleUploadedFile("big.pdf", PDF + b" " * 2_000_000)
    with pytest.raises(DomainError, match=r"“big.pdf” is 2.1 MB; a file may be 1.0 MB at most"):
        documents.accept_upload(upload, max_bytes=1_000_000)
