"""Who shares one cap in a grant, also when enterprises turn out to be linked after awards.

The ties between organisations decide (``parties.queries.linked_group``). In each grant one group
stands for all of them; a second one joins the first with all that it was awarded.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Exists, OuterRef

from core import jobs
from core.locks import locked
from core.models import Document, Person
from grants.models import Grant
from ledger import api as ledger
from parties.queries import linked_group
from parties.rules.days import day_of
from vouchers.models import Application, CapGroup, CapMember

if TYPE_CHECKING:
    from collections.abc import Collection

    from core.models import Job
    from parties.models import OrganisationLink

KIND = "groups_linked"


def group_of(application: Application, *, at: datetime) -> CapGroup:
    """The group under whose cap an award counts; an enterprise linked with another joins it.

    The caller holds the grant.
    """
    grant = application.sme_call.grant
    linked = linked_group(application.organisation_id, on_date=day_of(at))
    known = _groups(grant, linked)
    group = known[0] if known else CapGroup.objects.create(grant=grant)
    CapMember.objects.get_or_create(
        grant=grant, organisation_id=application.organisation_id, defaults={"group": group}
    )
    return group


def _groups(grant: Grant, organisations: Collection[UUID]) -> list[CapGroup]:
    """Groups of these organisations that have not joined another, the first opened first."""
    assert grant.book_id is not None, "only a grant that has begun has a book"
    members = CapMember.objects.filter(grant=grant, organisation__in=organisations)
    groups = CapGroup.objects.in_bulk(set(members.values_list("group", flat=True)))
    opened = ledger.first_opened(grant.book_id, groups)
    return [groups[UUID(key)] for key in opened]


def join(
    grant: Grant,
    *,
    organisations: Collection[UUID],
    document: Document,
    actor: Person,
    at: datetime,
) -> CapGroup | None:
    """Make one group of all to which ``organisations`` belong in this grant; again is harmless.

    Use moves, the second's head-room is void, the first's shrinks (6d); members and applications
    follow, so that what is awarded, lapses or is paid back later goes to the first. The caller
    holds the grant.
    """
    groups = _groups(grant, organisations)
    for second in groups[1:]:
        assert grant.book is not None, "its groups have accounts"
        ledger.join_headroom(
            grant.book,
            first=groups[0].pk,
            second=second.pk,
            document=document,
            actor=actor,
            at=at,
        )
        CapMember.objects.filter(group=second).update(group=groups[0])
        Application.objects.filter(cap_group=second).update(cap_group=groups[0])
        second.joined = groups[0]
        second.save(update_fields=["joined"])
    return groups[0] if groups else None


def after_tie(tie: OrganisationLink, *, document: Document, actor: Person, at: datetime) -> int:
    """A tie was recorded: one job for each grant in which it makes two groups one."""
    linked = linked_group(tie.parent_id, on_date=day_of(at))
    mine = CapMember.objects.filter(grant=OuterRef("pk"), organisation__in=linked)
    grants = Grant.objects.filter(Exists(mine), book__isnull=False, book__settlements__isnull=True)
    said = {"organisation": str(tie.parent_id), "document": str(document.pk), "by": str(actor.pk)}
    payloads = {
        f"{KIND}:{tie.pk}:{grant_id}": said | {"grant": str(grant_id), "at": at.isoformat()}
        for grant_id in grants.values_list("pk", flat=True)
    }
    jobs.enqueue_all(KIND, payloads, at=at, started_by=actor)
    return len(payloads)


@jobs.job(KIND)
def join_later(job: Job) -> jobs.LastStep:
    """One grant, in the transaction in which the job ends."""

    def last_step() -> None:
        said, at = job.payload, datetime.fromisoformat(job.payload["at"])
        grant = locked(Grant, UUID(said["grant"]))
        join(
            grant,
            organisations=linked_group(UUID(said["organisation"]), on_date=day_of(at)),
            document=Document.objects.get(pk=said["document"]),
            actor=Person.objects.get(pk=said["by"]),
            at=at,
        )

    return last_step
