"""Codes of the rules as sentences a person reads."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core.presentation.formats import eur
from vouchers.rules.selection import Why
from vouchers.rules.sme_call_gaps import Gap
from vouchers.rules.sme_status import Ground

if TYPE_CHECKING:
    from fractions import Fraction

    from vouchers.models import SmeCall


def why_sentence(why: Why, *, sme_call: SmeCall) -> str:
    """The reason behind a verdict of the selection."""
    cap = eur(sme_call.grant.call.sme_max_cents)
    return {
        Why.IN_BUDGET: _("It passes the thresholds and the call's budget covers it."),
        Why.BELOW_THRESHOLD: _("Its marks stay below a threshold of the call."),
        Why.CAP: _("With it the SME and its linked enterprises would pass %(cap)s in this grant.")
        % {"cap": cap},
        Why.SERVICES: _("The SME has had the %(most)s services that one SME may have.")
        % {"most": sme_call.service_max},
        Why.COUNTRY: _("All places of its country are taken."),
        Why.AID: _("With it the de minimis aid of %(years)s years would pass %(ceiling)s.")
        % {"years": sme_call.aid_years, "ceiling": eur(sme_call.aid_ceiling_cents)},
        Why.DEBT: _("The SME still has to pay support back."),
        Why.BUDGET: _("The call's budget is used up by those before it in the line."),
    }[why]


def work_units(exact: Fraction) -> str:
    """A headcount with two decimals at most."""
    units = Decimal(exact.numerator) / Decimal(exact.denominator)
    return f"{units.quantize(Decimal('0.01')).normalize():f}"


def gap_sentence(gap: Gap) -> str:
    """What an SME call still lacks."""
    return {
        Gap.CONDITIONS: _("Write who may apply and on what conditions."),
        Gap.PORTAL_ID: _("Give the number under which the call is published on the Portal."),
        Gap.SERVICES: _("Name at least one service with its activities and its amount."),
        Gap.BUDGET: _("The budget does not cover even one service."),
        Gap.CAP: _("A service is worth more than one SME may have in this grant."),
        Gap.RATE: _("A co-funded call pays a share of the cost: rate and own share make 100 %."),
        Gap.CRITERIA: _("Name at least one award criterion."),
        Gap.TIE_BREAK: _("Say which criterion decides between equal totals."),
        Gap.THRESHOLD: _("The threshold is higher than the highest total."),
        Gap.EVIDENCE: _("List the evidence that comes with each claim."),
        Gap.INSTALMENTS: _("The instalments have to make 100 %."),
        Gap.WINDOW: _("The call has to stay open for 60 days, or a derogation says why not."),
        Gap.GRANT_END: _("The call closes after the grant has ended."),
    }[gap]


def ground_sentence(ground: str) -> str:
    """What a finding on the size of an enterprise rests on."""
    return {
        Ground.FIGURES: _("Headcount, turnover and balance sheet, added up over all ties."),
        Ground.PUBLIC_BODY: _("Public bodies hold 25 % or more, so it is not an SME."),
        Ground.TWO_YEARS: _("One year alone does not change the size; two in a row do."),
        Ground.ACQUISITION: _("After a merger or acquisition the size changes at once."),
    }[Ground(ground)]
