"""What people in and around a grant are told by mail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core.mail import send_each
from core.models import Person
from grants.models.grant import running
from parties.rules.days import day_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from grants.models import Grant


def people(grant: Grant, *roles: str, at: datetime, coordinator: bool = False) -> list[Person]:
    """Who holds one of the roles in the grant today, each once."""
    rows = running(grant.roles.filter(role__in=roles), on=day_of(at))
    if coordinator:
        rows = rows.filter(organisation=grant.coordinator_id)
    return list(Person.objects.filter(pk__in=rows.values("person")).order_by("pk"))


def officers(grant: Grant, *roles: str, at: datetime) -> list[Person]:
    """The officers of the grant's call with one of the roles, each once."""
    rows = grant.call.roles.on(day_of(at)).filter(role__in=roles)
    return list(Person.objects.filter(pk__in=rows.values("person")).order_by("pk"))


def tell(
    to: Iterable[Person],
    *,
    subject: str,
    lines: list[str],
    path: str,
    key: str,
    at: datetime,
    **context: Any,
) -> int:
    """One mail to each; ``key`` makes each leave once. Returns to how many."""
    return send_each(
        to,
        subject=subject,
        template="grants/mail/grant_notice",
        context={"lines": lines, "path": path, **context},
        key=key,
        at=at,
    )


def _grant(to: Iterable[Person], grant: Grant, *, lines: list[str], key: str, at: datetime) -> None:
    tell(
        to,
        subject=f"{grant.proposal.acronym}: {lines[0]}",
        lines=lines,
        path=reverse("grants:grant_detail", args=[grant.pk]),
        key=f"grant-{key}-{grant.pk}-{at.isoformat()}",
        at=at,
    )


def preparation_begun(grant: Grant, *, at: datetime) -> None:
    """Every partner has a declaration to sign."""
    lines = [
        _("The grant is being prepared"),
        _("Each partner signs its declaration of honour; the coordinator needs a bank account."),
    ]
    _grant(people(grant, "LSIGN", at=at), grant, lines=lines, key="prepare", at=at)


def ready_to_sign(grant: Grant, *, at: datetime) -> None:
    """The coordinator's legal signatory may sign."""
    lines = [_("The agreement is ready to sign"), _("Read it and sign for the coordinator.")]
    to = people(grant, "LSIGN", at=at, coordinator=True)
    _grant(to, grant, lines=lines, key="ready", at=at)


def coordinator_signed(grant: Grant, *, at: datetime) -> None:
    """The authorising officer is next."""
    lines = [_("The coordinator has signed"), _("The agreement waits for your signature.")]
    _grant(officers(grant, "AO", at=at), grant, lines=lines, key="coordinator", at=at)


def both_signed(grant: Grant, *, at: datetime) -> None:
    """Partners accede now."""
    lines = [_("Both sides have signed the agreement"), _("Each partner signs its accession form.")]
    _grant(people(grant, "LSIGN", at=at), grant, lines=lines, key="signed", at=at)


def active(grant: Grant, *, at: datetime) -> None:
    """The action runs; the finance officers of the call have to pay."""
    lines = [_("The grant has started"), _("The prefinancing is due.")]
    to = people(grant, "FM", "FO", at=at, coordinator=True) + officers(grant, "FO", at=at)
    _grant(to, grant, lines=lines, key="active", at=at)


def suspended(grant: Grant, *, reason: str, at: datetime) -> None:
    """Clocks stand still; why."""
    lines = [_("The grant is suspended"), reason]
    _grant(people(grant, "FM", "LSIGN", at=at), grant, lines=lines, key="suspended", at=at)


def terminated(grant: Grant, *, reason: str, at: datetime) -> None:
    """The action ends; why."""
    lines = [_("The grant is terminated"), reason, _("A final report will be asked for.")]
    _grant(people(grant, "FM", "LSIGN", at=at), grant, lines=lines, key="terminated", at=at)


def settled(grant: Grant, *, at: datetime) -> None:
    """The final grant is fixed."""
    lines = [_("The final grant has been settled"), _("The page shows how it was computed.")]
    to = people(grant, "FM", "FO", "LSIGN", at=at, coordinator=True)
    _grant(to, grant, lines=lines, key="settled", at=at)
