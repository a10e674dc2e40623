"""Files of a proposal's working copy."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from core.documents import PDF, store
from core.errors import DomainError, NotAllowed
from grants.actions.proposal import editable, touch
from grants.models import Annex, AnnexKind

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from core.models import Person


@transaction.atomic
def add(
    proposal_id: UUID,
    *,
    kind: AnnexKind,
    upload: tuple[str, bytes, str],
    actor: Person,
    at: datetime,
) -> Annex:
    """Add a file (name, bytes, media type), or replace the one that is there.

    What was handed in before keeps the old one.

    Refused when it is too big, empty, of another kind than the call asks, or a PDF that cannot be
    read (for instance because it is locked with a password).
    """
    proposal = editable(proposal_id, actor=actor, at=at, coordinator_only=True)
    if kind.call_id != proposal.call_id:
        raise NotAllowed(f"{kind} is not asked for by {proposal.call}")
    name, content, media_type = upload
    if media_type not in kind.media_types or len(content) > kind.bytes_max:
        raise DomainError(_("“%(name)s” is not what the call asks here.") % {"name": name})
    pages = count_pages(content, name=name) if media_type == PDF else None
    document = store(
        content, kind="proposal_annex", name=name, media_type=media_type, actor=actor, at=at
    )
    annex, _created = Annex.objects.update_or_create(
        proposal=proposal,
        kind=kind,
        defaults={"document": document, "pages": pages, "added_at": at, "added_by": actor},
    )
    touch(proposal, actor=actor, at=at)
    return annex


def count_pages(content: bytes, *, name: str) -> int:
    """Pages of a PDF. Refused when it cannot be opened: nobody could read or print it either."""
    try:
        reader = PdfReader(BytesIO(content), strict=False)
        return len(reader.pages)
    except (PyPdfError, ValueError, KeyError, TypeError, OSError) as error:
        raise DomainError(
            _("“%(name)s” cannot be opened. Save it as a PDF without password and add it again.")
            % {"name": name}
        ) from error


@transaction.atomic
def remove(proposal_id: UUID, *, annex_id: UUID, actor: Person, at: datetime) -> None:
    """Take a file out of the working copy; versions handed in before still name it."""
    proposal = editable(proposal_id, actor=actor, at=at, coordinator_only=True)
    annex = proposal.annexes.filter(pk=annex_id).first()
    if annex is None:
        raise NotAllowed(f"{proposal} has no annex {annex_id}")
    annex.delete()
    touch(proposal, actor=actor, at=at)
