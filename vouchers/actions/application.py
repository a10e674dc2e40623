"""Verbs of the SME: begin an application, write it, send it, withdraw it, accept the award."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from core import documents
from core.errors import DomainError, NotAllowed, Refused
from core.gate import begin, fire
from core.locks import locked
from parties.models import Organisation
from parties.rules.days import day_of
from vouchers.actions import aid, awards, voucher
from vouchers.lifecycle.application import ApplicationLifecycle
from vouchers.lifecycle.application_conditions import takes_applications
from vouchers.models import (
    Application,
    ApplicationFile,
    DeclaredAid,
    EvidenceItem,
    SmeCall,
    SmeService,
)
from vouchers.models.choices import EvidenceStage
from vouchers.notices import application as notices
from vouchers.permissions import acts_for
from vouchers.rules.number import with_check
from vouchers.rules.voucher_amount import Scheme, Terms, voucher_value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from core.models import Person

TEXTS = ("title", "plan", "result")
DECLARATIONS = ("is_honest", "has_no_other_funding", "has_no_conflict")
WRITABLE = (*TEXTS, *DECLARATIONS, "service", "net_cost_cents", "founded_on")


@transaction.atomic
def start(sme_call_id: UUID, *, organisation_id: UUID, actor: Person, at: datetime) -> Application:
    """Begin an application for an organisation that the person acts for."""
    sme_call = locked(SmeCall, sme_call_id)
    if not acts_for(actor, organisation_id, on=day_of(at)):
        raise NotAllowed(f"{actor} does not act for {organisation_id}")
    if not takes_applications(sme_call, at=at):
        raise Refused(_("This call does not take applications now."))
    drafts = sme_call.applications.filter(
        organisation=organisation_id, state=Application.State.DRAFT, service__isnull=True
    )
    found = drafts.first()
    if found is not None:
        return found
    services = list(sme_call.services.order_by("position")[:2])
    application = Application.objects.create(
        sme_call=sme_call,
        organisation=Organisation.objects.get(pk=organisation_id),
        service=_free_service(services, sme_call=sme_call, organisation_id=organisation_id),
        created_by=actor,
        created_at=at,
        saved_at=at,
    )
    begin(application, actor=actor, at=at)
    return application


def _free_service(
    services: list[SmeService], *, sme_call: SmeCall, organisation_id: UUID
) -> SmeService | None:
    """The only service of a call, unless the SME has asked for it already."""
    if len(services) != 1:
        return None
    if _is_asked_twice(sme_call.pk, services[0], organisation_id=organisation_id):
        raise Refused(_("Your organisation has applied for this already."))
    return services[0]


def _is_asked_twice(
    sme_call_id: UUID, service: SmeService, *, organisation_id: UUID, but: UUID | None = None
) -> bool:
    others = Application.objects.filter(
        sme_call=sme_call_id, organisation=organisation_id, service=service
    ).exclude(state__in=["ineligible", "rejected", "lapsed", "withdrawn", "accepted"])
    return others.exclude(pk__in=[but] if but else []).exists()


@transaction.atomic
def save(
    application_id: UUID, *, values: Mapping[str, Any], actor: Person, at: datetime
) -> Application:
    """Keep what was written so far; ``values`` may be any part of the form."""
    application = locked_draft(application_id, actor=actor, at=at)
    unknown = set(values) - set(WRITABLE)
    if unknown:
        raise ValueError(f"an applicant does not write {sorted(unknown)}")
    service = values.get("service")
    if service is not None:
        _check_service(application, service)
    for name, value in values.items():
        setattr(application, name, value)
    application.saved_at = at
    application.save(update_fields=[*values, "saved_at"])
    return application


def _check_service(application: Application, service: SmeService) -> None:
    if service.sme_call_id != application.sme_call_id:
        raise DomainError(_("This service belongs to another call."), field="service")
    if _is_asked_twice(
        application.sme_call_id,
        service,
        organisation_id=application.organisation_id,
        but=application.pk,
    ):
        raise DomainError(_("Your organisation has applied for this already."), field="service")


def locked_draft(application_id: UUID, *, actor: Person, at: datetime) -> Application:
    """The application, locked, if the person may still write it."""
    application = locked(Application, application_id)
    if not acts_for(actor, application.organisation_id, on=day_of(at)):
        raise NotAllowed(f"{actor} does not act for {application.organisation}")
    if application.state != Application.State.DRAFT:
        raise Refused(_("What was sent cannot be changed. Nothing was saved."))
    if not takes_applications(application.sme_call, at=at):
        raise Refused(_("The call has closed, so nothing can be changed. Nothing was saved."))
    return application


@transaction.atomic
def declare_aid(
    application_id: UUID, *, rows: Sequence[Mapping[str, Any]], actor: Person, at: datetime
) -> Application:
    """List other de minimis aid: day, cents and authority of each; no rows say that there is none.

    A draft's list is replaced; once the award waits to be accepted, rows are added to it.
    """
    application = locked(Application, application_id)
    if application.state != Application.State.AWARDED:
        application = locked_draft(application_id, actor=actor, at=at)
        application.declared_aid.all().delete()
    elif not acts_for(actor, application.organisation_id, on=day_of(at)):
        raise NotAllowed(f"{actor} does not act for {application.organisation}")
    if any(row["granted_on"] > day_of(at) for row in rows):
        raise DomainError(_("Aid counts from the day on which it was granted, not before."))
    DeclaredAid.objects.bulk_create(DeclaredAid(application=application, **row) for row in rows)
    application.is_aid_declared = True
    application.saved_at = at
    application.save(update_fields=["is_aid_declared", "saved_at"])
    return application


@transaction.atomic
def add_file(
    application_id: UUID, *, item_id: UUID, upload: documents.Upload, actor: Person, at: datetime
) -> ApplicationFile:
    """Add a file for one piece of evidence; an earlier one is kept but no longer counts."""
    application = locked_draft(application_id, actor=actor, at=at)
    item = EvidenceItem.objects.filter(
        pk=item_id, sme_call=application.sme_call_id, stage=EvidenceStage.APPLICATION
    ).first()
    if item is None:
        raise NotAllowed(f"{application} asks for no evidence {item_id}")
    document = documents.store_upload(upload, kind="application_evidence", actor=actor, at=at)
    application.files.filter(item=item, replaced_at__isnull=True).update(replaced_at=at)
    return ApplicationFile.objects.create(
        application=application, item=item, document=document, added_at=at
    )


def terms_of(sme_call: SmeCall, *, service: SmeService) -> Terms:
    """What the call pays for one of its services."""
    return Terms(
        Scheme(sme_call.scheme), service.amount_cents, sme_call.rate_bp, sme_call.own_share_bp
    )


@transaction.atomic
def submit(*, application_id: UUID, actor: Person, at: datetime, reason: str = "") -> Application:
    """Send the application: it gets its number, its amount and its place in line."""
    sme_call = awards.line_of(application_id)
    application = locked(Application, application_id)
    if application.service is not None:
        terms = terms_of(sme_call, service=application.service)
        application.value_cents = voucher_value(
            terms, net_cost_cents=application.net_cost_cents or 0
        )
    sent = sme_call.applications.exclude(number="").count()
    application.number = application.number or with_check(f"A-{sme_call.number}-{sent + 1:04d}")
    fire(ApplicationLifecycle(application, at=at), "submit", actor=actor, at=at, reason=reason)
    aid.enter_declared(application, actor=actor, at=at)
    notices.submitted(application, at=at)
    return application


@transaction.atomic
def withdraw(*, application_id: UUID, actor: Person, at: datetime, reason: str = "") -> Application:
    """Withdraw; what was kept for an awarded one is free again for the next in line."""
    sme_call = awards.line_of(application_id)
    application = locked(Application, application_id)
    was_awarded = application.state == Application.State.AWARDED
    fire(ApplicationLifecycle(application, at=at), "withdraw", actor=actor, at=at, reason=reason)
    if was_awarded:
        awards.free(application, event="withdrawn", reason=reason, actor=actor, at=at)
        awards.promote(sme_call, at=at)
    return application


@transaction.atomic
def accept(
    *,
    application_id: UUID,
    actor: Person,
    at: datetime,
    has_no_other_funding: bool,
    has_all_aid: bool = True,
) -> Application:
    """Accept the award, declaring other funding and aid again: the voucher is reserved.

    ``has_all_aid``: the list of de minimis aid of the application is whole; what was added to it
    enters the register.
    """
    if not has_no_other_funding:
        raise DomainError(
            _("With other EU funding for the same activity the award can't be accepted."),
            field="has_no_other_funding",
        )
    if not has_all_aid:
        raise DomainError(_("Complete the list of de minimis aid first."), field="has_all_aid")
    sme_call = awards.line_of(application_id)
    application = locked(Application, application_id)
    fire(ApplicationLifecycle(application, at=at), "accept", actor=actor, at=at)
    aid.enter_declared(application, actor=actor, at=at)
    voucher.reserve(application, actor=actor, at=at)
    awards.begin_contracting(sme_call, at=at)
    return application
