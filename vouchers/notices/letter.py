"""One letter shape for the SME side: paragraphs, then the page where it goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core import mail
from grants.models import GrantRole
from grants.models.grant import running
from parties.queries import runners
from parties.rules.days import day_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from uuid import UUID

    from core.models import Person


def write(
    to: Iterable[Person],
    *,
    subject: str,
    paragraphs: Sequence[str],
    path: str,
    key: str,
    at: datetime,
) -> None:
    """Send one letter to each person once; ``key`` says what it is about."""
    mail.send_each(
        to,
        subject=subject,
        template="mail/vouchers/letter",
        context={"paragraphs": paragraphs, "path": path},
        key=key,
        at=at,
    )


def of_sme(organisation_id: UUID, *, at: datetime) -> list[Person]:
    """Who acts for the SME that day."""
    return runners(organisation_id, on_date=day_of(at))


def of_grant(grant_id: UUID, *roles: str, at: datetime) -> list[Person]:
    """Who holds one of these roles in the grant that day, each person once."""
    rows = running(GrantRole.objects.all(), on=day_of(at)).filter(
        grant=grant_id, role__in=roles, person__is_active=True
    )
    people = {row.person for row in rows.select_related("person")}
    return sorted(people, key=lambda person: (person.full_name, str(person.pk)))
