"""An officer records that two enterprises are linked: both limits follow in every grant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from core import documents
from core.errors import NotAllowed
from core.locks import locked
from ledger import api as ledger
from parties.actions import link
from parties.queries import linked_group
from parties.rules.days import day_of
from vouchers.actions import groups
from vouchers.models import Application
from vouchers.permissions import holds, is_own

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from core.models import Person
    from parties.models import OrganisationLink


@transaction.atomic
def record(
    *,
    application_id: UUID,
    number: str,
    direction: str,
    share_bp: int,
    start_date: date,
    reason: str,
    evidence: documents.Upload,
    actor: Person,
    at: datetime,
) -> OrganisationLink:
    """Record a tie of the applicant with the organisation that has this number, with its proof.

    Their de minimis aid counts together at once; in each grant where both have been awarded
    something, a job makes their two groups one (``groups.join``).
    """
    application = locked(Application, application_id)
    on = day_of(at)
    at_desk = holds(actor, application.sme_call.grant_id, "FM", "FO", on=on)
    if not at_desk or is_own(application, actor, on=on):
        raise NotAllowed(f"{actor} may not record ties of {application}")
    paper = documents.store_upload(evidence, kind="tie_evidence", actor=actor, at=at)
    tie = link.record(
        organisation_id=application.organisation_id,
        number=number,
        direction=direction,
        share_bp=share_bp,
        start_date=start_date,
        reason=reason,
        evidence=paper,
        actor=actor,
        at=at,
    )
    ledger.join_undertakings(linked_group(tie.parent_id, on_date=on))
    groups.after_tie(tie, document=paper, actor=actor, at=at)
    return tie
