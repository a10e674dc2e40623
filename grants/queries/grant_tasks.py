"""What is to be done in a grant, and where: tasks before signing, links, the list of reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from core.models import Person
from core.presentation.parts import Task
from core.presentation.tables import Column, Link, Table
from core.tags import GOOD, IDLE, WARN, Tag
from grants.models import Grant, Payment
from grants.models.grant import running
from grants.permissions import holds, known
from parties.models import BankAccount, Membership
from parties.rules.days import day_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django.db.models import QuerySet

    from core.lifecycle import Event, Lifecycle
    from grants.models import Beneficiary

G = Grant.State


PAYS_PARTNERS = (G.ACTIVE, G.REPORTING, G.TERMINATED, G.BALANCE_PAID)


@dataclass(frozen=True)
class PageLink:
    """A way on from the record; one of them may be the page's filled button."""

    words: str
    url: str
    is_primary: bool = False


def links(
    lifecycle: Lifecycle[Grant], person: Person, *, events: Sequence[Event]
) -> list[PageLink]:
    """Where this person goes from here: sign, settle, pay a partner, people, ledger."""
    grant, on = lifecycle.record, day_of(lifecycle.at)
    names = {event.name for event in events}
    found = []
    if names & {"sign_for_coordinator", "sign_for_authority"}:
        url = reverse("grants:grant_sign", args=[grant.pk])
        found.append(PageLink(_("Read and sign the agreement"), url, is_primary=True))
    if "settle" in names:
        url = reverse("grants:grant_settle", args=[grant.pk])
        found.append(PageLink(_("Settle the grant"), url, is_primary=True))
    roles = known(lifecycle, person).grant_roles
    runs_money = any((grant.coordinator_id, role) in roles for role in ("FM", "FO"))
    if runs_money and grant.state in PAYS_PARTNERS:
        url = reverse("grants:partner_pay", args=[grant.pk])
        found.append(PageLink(_("Pay a partner"), url))
    mine = acts_for(grant, person, on=on)
    if mine:
        found.append(PageLink(_("People"), reverse("grants:grant_people", args=[grant.pk])))
    if grant.book_id is not None:
        found.append(PageLink(_("Ledger"), reverse("grants:grant_ledger", args=[grant.pk])))
        if runs_money or not mine:  # whoever sees it without acting for a partner is an officer
            url = f"{reverse('reporting:export_list')}?report=audit-grant&of={grant.pk}"
            found.append(PageLink(_("Audit workbook"), url))
    return found


def acts_for(grant: Grant, person: Person, *, on: date) -> list[Beneficiary]:
    """The partners for which this person may name people."""
    mine = Membership.objects.live(on_date=on).acting().filter(person=person)
    rows = grant.beneficiaries.filter(organisation__in=mine.values("organisation"))
    return list(rows.select_related("organisation").order_by("-is_coordinator", "pk"))


def members(partner: Beneficiary, *, on: date) -> QuerySet[Person]:
    """The people of a partner, by name."""
    live = Membership.objects.live(on_date=on).filter(organisation=partner.organisation_id)
    return Person.objects.filter(pk__in=live.values("person")).order_by("full_name")


def signs_for(grant: Grant, person: Person, *, on: date) -> set[object]:
    """Organisations for which this person is legal signatory in the grant."""
    mine = running(grant.roles.filter(person=person, role="LSIGN"), on=on)
    return set(mine.values_list("organisation", flat=True))


def tasks(grant: Grant, person: Person, *, on: date) -> list[Task]:
    """What is missing before the agreement can be signed, or before the grant can start."""
    if grant.state == G.PREPARATION:
        return [
            *_declarations(grant, person, on=on),
            _account(grant),
            _exclusion(grant, person, on),
        ]
    if grant.state == G.SIGNED:
        return _accessions(grant, person, on=on)
    return []


def _declarations(grant: Grant, person: Person, *, on: date) -> list[Task]:
    mine = signs_for(grant, person, on=on)
    return [
        _signature_task(
            _("Declaration of honour: %(partner)s") % {"partner": row.organisation.legal_name},
            url=reverse("grants:beneficiary_declare", args=[row.pk]),
            done=row.declared_at is not None,
            mine=row.organisation_id in mine,
        )
        for row in _partners(grant)
    ]


def _accessions(grant: Grant, person: Person, *, on: date) -> list[Task]:
    mine = signs_for(grant, person, on=on)
    return [
        _signature_task(
            _("Accession form: %(partner)s") % {"partner": row.organisation.legal_name},
            url=reverse("grants:beneficiary_accede", args=[row.pk]),
            done=row.acceded_at is not None,
            mine=row.organisation_id in mine,
        )
        for row in _partners(grant)
        if not row.is_coordinator
    ]


def _partners(grant: Grant) -> list[Beneficiary]:
    rows = grant.beneficiaries.select_related("organisation")
    return list(rows.order_by("-is_coordinator", "organisation__short_name"))


def _signature_task(title: str, *, url: str, done: bool, mine: bool) -> Task:
    if done:
        return Task(title, tag=Tag(GOOD, _("Signed")), done=True)
    tag = Tag(WARN, _("Waits for you")) if mine else Tag(IDLE, _("Not signed yet"))
    return Task(title, url=url if mine else "", tag=tag)


def _account(grant: Grant) -> Task:
    valid = BankAccount.objects.filter(
        organisation=grant.coordinator_id, state=BankAccount.State.VALIDATED
    ).exists()
    tag = Tag(GOOD, _("Validated")) if valid else Tag(IDLE, _("Not validated yet"))
    return Task(_("Bank account of the coordinator"), tag=tag, done=valid)


def _exclusion(grant: Grant, person: Person, on: date) -> Task:
    title = _("Check for exclusion")
    if grant.exclusion_checked_at is not None:
        return Task(title, hint=grant.exclusion_source, tag=Tag(GOOD, _("Recorded")), done=True)
    mine = holds(person, grant.call_id, "PO", on=on)
    tag = Tag(WARN, _("Waits for you")) if mine else Tag(IDLE, _("Not recorded yet"))
    url = reverse("grants:grant_exclusion", args=[grant.pk]) if mine else ""
    return Task(title, url=url, tag=tag)


def report_table(grant: Grant) -> Table:
    """The periodic reports of the grant."""
    columns = [
        Column(_("Report"), "head"),
        Column(_("Period ends"), "day"),
        Column(_("Due"), "day"),
        Column(_("State"), "tag"),
        Column(_("SME support EUR"), "money"),
        Column(_("Payable EUR"), "money"),
    ]
    rows = [
        [
            Link(
                _("Final report") if report.is_final else str(report.number),
                reverse("grants:periodic_report_detail", args=[report.pk]),
            ),
            report.ends_on,
            report.due_on,
            report,
            report.sme_support_cents,
            report.payable_cents,
        ]
        for report in sorted(grant.reports.all(), key=lambda row: row.number)
    ]
    none = _("A report opens on the day after its period has ended.")
    return Table(_("Periodic reports"), columns, rows, none=none)


def payment_count(grant: Grant) -> int:
    """Payments of the grant that are not over."""
    over = (Payment.State.EXECUTED, Payment.State.RETURNED, Payment.State.CANCELLED)
    return grant.payments.exclude(state__in=(*over, Payment.State.RECOVERED)).count()
