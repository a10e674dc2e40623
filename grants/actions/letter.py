"""Letters of the authority to a coordinator: written, printed, announced by mail, opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import NotAllowed
from core.jobs import enqueue
from core.locks import locked
from grants import notices
from grants.models import Letter, Proposal
from grants.permissions import acts_for_partner
from parties.rules.days import day_of

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from core.models import Document, Person


def send(proposal: Proposal, *, kind: str, text: str, signed_by: Person, at: datetime) -> Letter:
    """Write a letter about a proposal, in the caller's transaction; PDF and mail follow the commit.

    The mail says that there is a letter, not what it says.
    """
    letter = Letter.objects.create(
        call_id=proposal.call_id,
        proposal=proposal,
        kind=Letter.Kind(kind),
        subject=_("%(reference)s %(acronym)s: %(kind)s")
        % {
            "reference": proposal.reference,
            "acronym": proposal.acronym,
            "kind": Letter.Kind(kind).label,
        },
        text=text,
        signed_by=signed_by,
        sent_at=at,
    )
    enqueue("letter", key=f"letter:{letter.pk}", at=at, payload={"letter": str(letter.pk)})
    notices.proposal.letter_sent(letter, at=at)
    return letter


@transaction.atomic
def open_letter(letter_id: UUID, *, actor: Person, at: datetime) -> Letter:
    """Open a letter as somebody who acts for a partner: the redress period runs from today.

    An unopened letter counts as received some days after it was sent (the call says how many).
    """
    letter = locked(Letter, letter_id)
    if not acts_for_partner(actor, letter.proposal, on=day_of(at)):
        raise NotAllowed(f"{actor} does not open {letter}")
    if letter.opened_at is None:
        letter.opened_at, letter.opened_by = at, actor
        letter.save(update_fields=["opened_at", "opened_by"])
    return letter


@transaction.atomic
def attach(letter_id: UUID, *, document: Document) -> bool:
    """Keep the printed letter, once."""
    waiting = Letter.objects.filter(pk=letter_id, document__isnull=True)
    return bool(waiting.update(document=document))
