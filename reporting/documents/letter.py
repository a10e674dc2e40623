"""A letter of the granting authority, as PDF, enclosed in the mail that announces it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core import documents, jobs
from core.presentation.formats import day
from grants.actions import letter as letters
from grants.models import Letter
from reporting.pdf import paper

if TYPE_CHECKING:
    from core.models import Document, Job


@jobs.job("letter")
def make(row: Job) -> jobs.LastStep:
    """Print a letter."""
    letter = Letter.objects.select_related("call", "proposal__call", "signed_by").get(
        pk=row.payload["letter"]
    )
    content = draw(letter)

    def keep() -> Document:
        printed = documents.store(
            content,
            kind="letter",
            name=f"letter-{letter.proposal.reference}-{letter.kind}.pdf",
            media_type=documents.PDF,
            actor=letter.signed_by,
            at=letter.sent_at,
        )
        letters.attach(letter.pk, document=printed)
        return printed

    return keep


def draw(letter: Letter) -> bytes:
    head = paper.Heading(
        title=letter.subject, about=letter.proposal.reference, foot=letter.call.title
    )
    story = [
        paper.text(day(letter.sent_at), paper.SMALL),
        paper.title(letter.subject),
        paper.gap(),
        *(part for block in letter.text.split("\n\n") for part in (paper.text(block), paper.gap())),
        paper.signatures(
            [(_("For the granting authority"), str(letter.signed_by), day(letter.sent_at))]
        ),
    ]
    return paper.print_paper(head, story)
