"""What must hold before a report moves, and how its clock runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.lifecycle import Lifecycle, condition, unmet
from core.presentation.formats import eur
from grants.models import CostLine, Grant, Payment, PeriodicReport, Statement
from grants.rules import payment_clock
from grants.rules.cfs import certificate_needed
from parties.rules.days import day_of

if TYPE_CHECKING:
    from grants.lifecycle.report import PeriodicReportLifecycle

PAYMENT_WAITS = (
    Payment.State.DUE,
    Payment.State.SUSPENDED,
    Payment.State.PREPARED,
    Payment.State.APPROVED,
    Payment.State.SENT,
)


@condition(gettext_lazy("Say why; the coordinator will read it."))
def reason_given(lifecycle: Lifecycle[PeriodicReport]) -> bool:
    """A question or a return needs its words."""
    return bool(lifecycle.reason.strip())


@condition(gettext_lazy("The grant is suspended. Its reports wait until it is resumed."))
def grant_runs(lifecycle: Lifecycle[PeriodicReport]) -> bool:
    """Clocks stand still in a suspended grant."""
    return lifecycle.record.grant.state != Grant.State.SUSPENDED


def all_statements_signed(lifecycle: Lifecycle[PeriodicReport]) -> object:
    """Each partner's financial signatory has signed."""
    missing = lifecycle.record.statements.filter(signed_at__isnull=True)
    rows = missing.select_related("beneficiary__organisation")
    names = ", ".join(sorted(str(row.beneficiary.organisation) for row in rows))
    return unmet(_("Not signed yet: %(names)s.") % {"names": names}) if names else True


@condition(gettext_lazy("Say what was done in the period before you hand the report in."))
def summary_written(lifecycle: Lifecycle[PeriodicReport]) -> bool:
    """The technical part is not empty."""
    return bool(lifecycle.record.summary.strip())


def sme_support_confirmed(lifecycle: PeriodicReportLifecycle) -> object:
    """The coordinator's figure is the ledger's, to the cent."""
    stated, shown = lifecycle.sme_confirmed_cents, lifecycle.sme_ledger_cents
    if stated == shown:
        return True
    if stated is None:
        return unmet(
            _("Confirm the SME support of the period: %(ledger)s.") % {"ledger": eur(shown)}
        )
    return unmet(
        _("You confirmed SME support of %(stated)s; the ledger shows %(ledger)s for the period.")
        % {"stated": eur(stated), "ledger": eur(shown)}
    )


def certificates_present(lifecycle: PeriodicReportLifecycle) -> object:
    """In the final report, each partner above the threshold adds its certificate."""
    report = lifecycle.record
    if not report.is_final:
        return True
    missing = [
        str(row.beneficiary.organisation)
        for row in report.statements.select_related("beneficiary__organisation")
        if row.certificate_id is None
        and needs_certificate(row, sme_cents=lifecycle.sme_ledger_cents)
    ]
    sentence = _("A certificate on the financial statements is missing from: %(names)s.")
    return unmet(sentence % {"names": ", ".join(sorted(missing))}) if missing else True


def needs_certificate(statement: Statement, *, sme_cents: int) -> bool:
    """Whether this partner's requests over the whole grant reach the threshold.

    The SME support (``sme_cents``, this period's) is asked for by the coordinator, who pays it.
    """
    grant, partner = statement.report.grant, statement.beneficiary
    before = Statement.objects.filter(beneficiary=partner).exclude(pk=statement.pk)
    requested = sum(row.claimed_cents or 0 for row in before) + (statement.claimed_cents or 0)
    if partner.is_coordinator:
        earlier = grant.reports.exclude(pk=statement.report_id)
        requested += sme_cents + sum(row.sme_support_cents or 0 for row in earlier)
    return certificate_needed(
        requested,
        audited_cents=statement.audited_cents,
        threshold_cents=grant.cfs_threshold_cents,
    )


@condition(gettext_lazy("A programme officer has to assess every cost line first."))
def assessed(lifecycle: Lifecycle[PeriodicReport]) -> bool:
    """Every line says what is accepted of it."""
    lines = CostLine.objects.filter(statement__report=lifecycle.record)
    unread = lines.filter(accepted_cents__isnull=True).exists()
    return lifecycle.record.assessed_at is not None and not unread


@condition(gettext_lazy("You assessed this report. Another officer has to accept it."))
def assessed_by_another(lifecycle: Lifecycle[PeriodicReport]) -> bool:
    """Two persons accept costs."""
    return lifecycle.record.assessed_by != lifecycle.actor


def _cuts(lifecycle: Lifecycle[PeriodicReport]) -> bool:
    lines = CostLine.objects.filter(statement__report=lifecycle.record)
    return lines.filter(accepted_cents__lt=F("cost_cents")).exists()


@condition(gettext_lazy("Some costs were cut. The report is accepted in part."))
def nothing_cut(lifecycle: Lifecycle[PeriodicReport]) -> bool:
    """Every line is accepted whole."""
    return not _cuts(lifecycle)


@condition(gettext_lazy("No cost was cut. The report is accepted as a whole."))
def something_cut(lifecycle: Lifecycle[PeriodicReport]) -> bool:
    """At least one line is accepted in part or not at all."""
    return _cuts(lifecycle)


@condition(gettext_lazy("Nothing is payable on this report."))
def something_payable(lifecycle: Lifecycle[PeriodicReport]) -> bool:
    """The interim payment under the ceiling is more than nothing."""
    return bool(lifecycle.record.payable_cents)


@condition(gettext_lazy("The payment of this report has not been executed yet."))
def payment_over(lifecycle: Lifecycle[PeriodicReport]) -> bool:
    """No payment of the report is on its way."""
    return not lifecycle.record.payments.filter(state__in=PAYMENT_WAITS).exists()


def begin_clock(lifecycle: Lifecycle[PeriodicReport]) -> None:
    """The days to pay run from the day the report is received."""
    report = lifecycle.record
    report.submitted_at, report.days_left = lifecycle.at, None
    report.submissions += 1
    report.answer_by = payment_clock.due_on(day_of(lifecycle.at), days=report.grant.payment_days)


def stop_clock(lifecycle: Lifecycle[PeriodicReport]) -> None:
    """Keep the days that are left."""
    report = lifecycle.record
    assert report.answer_by is not None, "a submitted report has its clock"
    report.days_left = payment_clock.days_left(report.answer_by, on=day_of(lifecycle.at))
    report.answer_by = None


def restart_clock(lifecycle: Lifecycle[PeriodicReport]) -> None:
    """Go on with the days that were left."""
    report = lifecycle.record
    assert report.days_left is not None, "a suspended report keeps its days"
    report.answer_by = payment_clock.resumed(day_of(lifecycle.at), days_left=report.days_left)
    report.days_left = None
