"""What must hold before a grant moves; each with the sentence shown when it does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.lifecycle import Lifecycle, condition, unmet
from core.presentation.formats import day, eur, share, share_of
from grants.models import Grant, Payment, PeriodicReport
from grants.rules import agreement
from ledger import api as ledger
from parties.queries import payable_account
from parties.rules.days import day_of

if TYPE_CHECKING:
    from collections.abc import Iterable

UNDER_WAY = ("B.RESV", "B.VCH", "B.VADV", "B.CLAIM", "B.CCLAIM", "P.SPAY")
PAYMENT_OVER = (
    Payment.State.EXECUTED,
    Payment.State.RETURNED,
    Payment.State.CANCELLED,
    Payment.State.RECOVERED,
)


@condition(gettext_lazy("Say why; the consortium will read it."))
def reason_given(lifecycle: Lifecycle[Grant]) -> bool:
    """A decision against somebody needs its reason."""
    return bool(lifecycle.reason.strip())


def _names(organisations: Iterable[object]) -> str:
    return ", ".join(sorted(str(organisation) for organisation in organisations))


def all_declared(lifecycle: Lifecycle[Grant]) -> object:
    """Every partner has signed its declaration of honour."""
    missing = lifecycle.record.beneficiaries.filter(declared_at__isnull=True)
    names = _names(row.organisation for row in missing.select_related("organisation"))
    sentence = _("The declaration of honour is missing from: %(names)s.")
    return unmet(sentence % {"names": names}) if names else True


@condition(
    gettext_lazy("The coordinator has no validated bank account. It needs one before signing.")
)
def account_validated(lifecycle: Lifecycle[Grant]) -> bool:
    """A second person has validated it and it can be used on this day."""
    owner = lifecycle.record.coordinator_id
    return payable_account(owner, on_date=day_of(lifecycle.at)) is not None


@condition(gettext_lazy("The check for exclusion of the partners has not been recorded."))
def exclusion_checked(lifecycle: Lifecycle[Grant]) -> bool:
    """No partner is in the early detection and exclusion system."""
    return lifecycle.record.exclusion_checked_at is not None


def plan_reaches_share(lifecycle: Lifecycle[Grant]) -> object:
    """The plan gives SMEs at least the call's share of the grant."""
    grant = lifecycle.record
    sme, whole = grant.sme_planned_cents, grant.grant_max_cents
    if agreement.plan_holds(sme, grant_cents=whole, share_n=grant.share_n, share_d=grant.share_d):
        return True
    return unmet(
        _(
            "The plan gives SMEs %(sme)s of %(whole)s, that is %(share)s. The call asks for at "
            "least %(floor)s. Move coordination costs to SME support."
        )
        % {
            "sme": eur(sme),
            "whole": eur(whole),
            "share": share(share_of(sme, whole)),
            "floor": share(share_of(grant.share_n, grant.share_d)),
        }
    )


@condition(gettext_lazy("The agreement is still being printed. Try again in a minute."))
def agreement_printed(lifecycle: Lifecycle[Grant]) -> bool:
    """What is signed is the fingerprint of a file, so there must be one."""
    return lifecycle.record.agreement is not None


def in_time_or_reason(lifecycle: Lifecycle[Grant]) -> object:
    """Agreements are signed within the call's months of its deadline, later only with a reason."""
    grant = lifecycle.record
    deadline = day_of(grant.call.deadline_at)
    last = agreement.add_months(deadline, months=grant.signature_months)
    if day_of(lifecycle.at) <= last or lifecycle.reason.strip():
        return True
    return unmet(_("It was to be signed by %(day)s. Say why it is later.") % {"day": day(last)})


def start_reached(lifecycle: Lifecycle[Grant]) -> object:
    """The agreement fixes the first day of the action."""
    start = lifecycle.record.starts_on
    if day_of(lifecycle.at) >= start:
        return True
    return unmet(_("The grant starts on %(day)s.") % {"day": day(start)})


def all_acceded(lifecycle: Lifecycle[Grant]) -> object:
    """Every partner but the coordinator has signed its accession form."""
    missing = lifecycle.record.beneficiaries.filter(acceded_at__isnull=True, is_coordinator=False)
    names = _names(row.organisation for row in missing.select_related("organisation"))
    sentence = _("The accession form is missing from: %(names)s.")
    return unmet(sentence % {"names": names}) if names else True


@condition(gettext_lazy("The final report has not been accepted yet."))
def final_report_accepted(lifecycle: Lifecycle[Grant]) -> bool:
    """All earlier reports are closed and the last one is accepted, in whole or in part."""
    S = PeriodicReport.State  # noqa: N806  short for the list below
    done = (S.ACCEPTED, S.PARTLY_ACCEPTED, S.PAYMENT_DUE, S.CLOSED)
    reports = list(lifecycle.record.reports.all())
    return any(r.is_final for r in reports) and all(r.state in done for r in reports)


def nothing_under_way(lifecycle: Lifecycle[Grant]) -> object:
    """No voucher, claim or payment is open: the ledger would refuse the settlement."""
    grant = lifecycle.record
    assert grant.book is not None, "a grant under way has its book"
    open_cents = sum(ledger.balances(grant.book).get(type_, 0) for type_ in UNDER_WAY)
    payments = grant.payments.exclude(state__in=PAYMENT_OVER).count()
    if not open_cents and not payments:
        return True
    return unmet(
        _(
            "Still under way: %(amount)s in vouchers, claims and payables, and %(payments)s "
            "payments. Let them end first."
        )
        % {"amount": eur(open_cents), "payments": payments}
    )


@condition(gettext_lazy("The balance or the repayment has not been executed by the bank yet."))
def nothing_owed(lifecycle: Lifecycle[Grant]) -> bool:
    """Neither side owes the other anything in the ledger."""
    book = lifecycle.record.book
    assert book is not None, "a settled grant has its book"
    balances = ledger.balances(book)
    return not balances.get("P.EUREC", 0) and not balances.get("P.EUDUE", 0)


@condition(gettext_lazy("Nothing was paid too much."))
def something_to_recover(lifecycle: Lifecycle[Grant]) -> bool:
    """The ledger shows a recovery order."""
    book = lifecycle.record.book
    assert book is not None, "a settled grant has its book"
    return ledger.balances(book).get("P.EUDUE", 0) > 0
