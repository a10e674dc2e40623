"""Under which conditions an application moves, with the sentence shown when it may not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from core.lifecycle import condition
from grants.models import Beneficiary, Grant
from parties.models import Organisation
from parties.queries import linked_group, tied
from parties.rules.days import day_of
from vouchers import accounts
from vouchers.models import Application, CapMember, Recovery, SmeCall
from vouchers.models.choices import ApplicationState, EvidenceStage, SmeCallState
from vouchers.rules.caps import fits_cap, place_is_free, service_fits
from vouchers.rules.window import is_old_enough

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.db.models import QuerySet

    from vouchers.lifecycle.application import ApplicationLifecycle

A = ApplicationState
TAKES_APPLICATIONS = (SmeCallState.OPEN, SmeCallState.EXHAUSTED)
PROMISED = (A.AWARDED, A.ACCEPTED)
ENDED_VOUCHERS = ("cancelled", "revoked")


def takes_applications(sme_call: SmeCall, *, at: datetime) -> bool:
    """Whether an application is in time; at the closing instant itself it is."""
    return sme_call.state in TAKES_APPLICATIONS and at <= sme_call.closes_at


def is_tied_to_consortium(application: Application, *, on: date) -> bool:
    """Whether the SME is a partner of the grant, or linked with or affiliated to one."""
    partners = Beneficiary.objects.filter(grant=application.sme_call.grant_id)
    group = tied(application.organisation_id, on_date=on)
    return partners.filter(organisation__in=group).exists()


def missing_files(application: Application) -> list[Any]:
    """Required evidence of the application stage that has no file yet."""
    given = application.files.filter(replaced_at__isnull=True).values("item")
    items = application.sme_call.evidence_items.filter(
        stage=EvidenceStage.APPLICATION, is_required=True
    )
    return list(items.exclude(pk__in=given).order_by("position"))


def promised(application: Application, *, on: date) -> QuerySet[Application]:
    """What was promised to the SME or an enterprise linked with it, over the whole grant."""
    group = linked_group(application.organisation_id, on_date=on)
    others = Application.objects.filter(
        sme_call__grant=application.sme_call.grant_id, organisation__in=group, state__in=PROMISED
    )
    return others.exclude(voucher__state__in=ENDED_VOUCHERS).exclude(pk=application.pk)


def cap_used(application: Application, *, on: date) -> int:
    """What the ledger says was awarded to the SME and its linked enterprises, in cents."""
    group = linked_group(application.organisation_id, on_date=on)
    members = CapMember.objects.filter(
        grant=application.sme_call.grant_id, organisation__in=group
    ).select_related("group__grant")
    groups = {member.group_id: member.group for member in members}
    return sum(accounts.left(accounts.cap_used(one)) for one in groups.values())


@condition(_("The call does not take applications now."))
def call_takes_it(lifecycle: ApplicationLifecycle) -> bool:
    """The call is open and its closing time has not passed."""
    return takes_applications(lifecycle.record.sme_call, at=lifecycle.at)


@condition(_("Tick the three declarations first."))
def is_declared(lifecycle: ApplicationLifecycle) -> bool:
    """Honour, no other EU funding for the same activity, no conflict of interest."""
    one = lifecycle.record
    return one.is_honest and one.has_no_other_funding and one.has_no_conflict


@condition(_("Something is still missing. The list on the page says what."))
def is_complete(lifecycle: ApplicationLifecycle) -> bool:
    """Service, plan, expected result and, where they are asked for, cost and founding day."""
    one = lifecycle.record
    needs_cost = one.sme_call.scheme == SmeCall.Scheme.COFUNDED
    needs_age = one.sme_call.age_months_min > 0
    return bool(
        one.service_id
        and one.title.strip()
        and one.plan.strip()
        and one.result.strip()
        and (one.net_cost_cents or not needs_cost)
        and (one.founded_on or not needs_age)
    )


@condition(_("A file that the call asks for is missing."))
def has_files(lifecycle: ApplicationLifecycle) -> bool:
    """Every required piece of evidence has a file."""
    return not missing_files(lifecycle.record)


@condition(_("Declare the size of the enterprise first."))
def has_status(lifecycle: ApplicationLifecycle) -> bool:
    """The SME declaration with its figures is there."""
    return hasattr(lifecycle.record, "sme_status")


@condition(
    _("This organisation belongs to the consortium or is tied to it, so it can't be supported.")
)
def is_outside_consortium(lifecycle: ApplicationLifecycle) -> bool:
    """Neither a partner of the grant nor linked with or affiliated to one."""
    return not is_tied_to_consortium(lifecycle.record, on=day_of(lifecycle.at))


@condition(_("This call does not support cluster organisations."))
def is_no_excluded_cluster(lifecycle: ApplicationLifecycle) -> bool:
    """Clusters may apply only where the call lets them."""
    is_cluster = lifecycle.record.organisation.kind == Organisation.Kind.CLUSTER
    return not (is_cluster and lifecycle.record.sme_call.clusters_excluded)


@condition(_("The enterprise is younger than the call asks at its closing day."))
def is_of_age(lifecycle: ApplicationLifecycle) -> bool:
    """Old enough on the day on which the call closes."""
    sme_call = lifecycle.record.sme_call
    return is_old_enough(
        founded_on=lifecycle.record.founded_on,
        on=sme_call.local_day(sme_call.closes_at),
        months_min=sme_call.age_months_min,
    )


@condition(_("The declared and the computed size differ. Settle the difference first."))
def status_is_settled(lifecycle: ApplicationLifecycle) -> bool:
    """No open difference between what was declared and what the figures say."""
    return not lifecycle.record.sme_status.is_open


@condition(_("The applicant is not an SME (Recommendation 2003/361/EC)."))
def is_sme(lifecycle: ApplicationLifecycle) -> bool:
    """Micro, small or medium-sized, as computed or settled."""
    return lifecycle.record.sme_status.is_sme


@condition(_("Not enough reports have been handed in, or they differ too much."))
def has_total(lifecycle: ApplicationLifecycle) -> bool:
    """Two evaluators agree closely enough, or a third has decided."""
    return lifecycle.record.total is not None


@condition(_("The grant is not active, so nothing can be promised."))
def grant_is_active(lifecycle: ApplicationLifecycle) -> bool:
    """Money is only promised while the agreement runs."""
    return lifecycle.record.sme_call.grant.state == Grant.State.ACTIVE


@condition(_("With this award the SME and its linked enterprises would pass their cap."))
def is_within_cap(lifecycle: ApplicationLifecycle) -> bool:
    """All awards of the grant to the SME and its linked enterprises stay within the cap."""
    one = lifecycle.record
    return fits_cap(
        one.value_cents or 0,
        cap_cents=one.sme_call.grant.call.sme_max_cents,
        used_cents=cap_used(one, on=day_of(lifecycle.at)),
    )


def aid_is_within(one: Application, *, on: date) -> bool:
    """Regulation (EU) 2023/2831, Article 3(2), only where the call is under that regime."""
    return not one.sme_call.is_aid or (one.value_cents or 0) <= accounts.aid_left(one, on=on).left


@condition(_("Declare the de minimis aid of the last years first, also if there is none."))
def aid_is_declared(lifecycle: ApplicationLifecycle) -> bool:
    """The list of other aid was saved, where the call is under that regime."""
    return not lifecycle.record.sme_call.is_aid or lifecycle.record.is_aid_declared


@condition(_("With this award the de minimis aid of the SME would pass the ceiling."))
def is_within_aid(lifecycle: ApplicationLifecycle) -> bool:
    """The de minimis ceiling, where the call is under that regime."""
    return aid_is_within(lifecycle.record, on=day_of(lifecycle.at))


def owes(application: Application, *, on: date) -> bool:
    """Whether the SME or an enterprise linked with it has an unpaid recovery."""
    group = linked_group(application.organisation_id, on_date=on)
    owed = Recovery.objects.filter(decided_at__isnull=False, repaid_on__isnull=True)
    return owed.filter(voucher__organisation__in=group).exists()


@condition(_("The SME has had as many services as one SME may have."))
def is_within_services(lifecycle: ApplicationLifecycle) -> bool:
    """The maximum of services per SME; exempt services don't count."""
    one = lifecycle.record
    counted = promised(one, on=day_of(lifecycle.at)).filter(service__counts=True).count()
    is_exempt = one.service is not None and not one.service.counts
    return service_fits(
        service_max=one.sme_call.service_max, counted_before=counted, is_exempt=is_exempt
    )


@condition(_("All places of this country are taken."))
def has_country_place(lifecycle: ApplicationLifecycle) -> bool:
    """The country's maximum in this call is not reached."""
    one = lifecycle.record
    country = one.organisation.country
    maximum = one.sme_call.country_maxima.filter(country=country).first()
    taken = one.sme_call.applications.filter(
        state__in=PROMISED, organisation__country=country
    ).count()
    return place_is_free(places_max=maximum.places if maximum else None, taken=taken)


@condition(_("The call's budget does not cover this award."))
def is_in_budget(lifecycle: ApplicationLifecycle) -> bool:
    """What the call has left covers the award."""
    one = lifecycle.record
    return (one.value_cents or 0) <= accounts.left(accounts.call_budget(one.sme_call))


@condition(_("The SME still has to pay support back and gets nothing new until then."))
def owes_nothing(lifecycle: ApplicationLifecycle) -> bool:
    """Neither the SME nor an enterprise linked with it has an unpaid recovery."""
    return not owes(lifecycle.record, on=day_of(lifecycle.at))


@condition(_("Somebody before this SME in the line has no decision yet."))
def is_next_in_line(lifecycle: ApplicationLifecycle) -> bool:
    """First come, first served: nobody is decided before those who came earlier."""
    one = lifecycle.record
    if one.sme_call.order != SmeCall.Order.FIRST_COME or one.submitted_at is None:
        return True
    earlier = one.sme_call.applications.filter(
        state__in=(A.SUBMITTED, A.ELIGIBLE, A.SCORED), submitted_at__lt=one.submitted_at
    )
    return not earlier.exists()


@condition(_("The time to accept the award is over."))
def is_in_time(lifecycle: ApplicationLifecycle) -> bool:
    """Within the days that the call gives for the acceptance."""
    until = lifecycle.record.accept_until
    return until is not None and lifecycle.at <= until


@condition(_("The SME still has time to accept the award."))
def is_too_late(lifecycle: ApplicationLifecycle) -> bool:
    """The days for the acceptance are over."""
    until = lifecycle.record.accept_until
    return until is not None and lifecycle.at > until


@condition(_("The call still takes applications."))
def call_is_over(lifecycle: ApplicationLifecycle) -> bool:
    """Nothing can be handed in any more."""
    sme_call = lifecycle.record.sme_call
    return sme_call.state not in TAKES_APPLICATIONS


@condition(_("Write why. The applicant will read it."))
def reason_given(lifecycle: ApplicationLifecycle) -> bool:
    """A refusal says why."""
    return bool(lifecycle.reason.strip())


@condition(_("A second person has to confirm: not the one who proposed the refusal."))
def confirmed_by_another(lifecycle: ApplicationLifecycle) -> bool:
    """The open proposal of a refusal was written by somebody else."""
    proposal = lifecycle.record.decisions.filter(
        kind="ineligible", confirmed_at__isnull=True, dropped_at__isnull=True
    ).first()
    if proposal is None:
        return False
    return lifecycle.actor is None or proposal.decided_by_id != lifecycle.actor.pk
