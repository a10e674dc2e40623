"""What the rules found, as sentences that say how to put it right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.presentation.formats import eur, share, share_of
from grants.rules.call_rules import FAILED, NOTE, PASSED, Reading

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrPromise

RULE_NAMES: Mapping[str, _StrPromise] = {
    "parts": gettext_lazy("All required parts are written"),
    "limits": gettext_lazy("Texts keep to their limits"),
    "annexes": gettext_lazy("All required files are there"),
    "pages": gettext_lazy("Page limit"),
    "confirmed": gettext_lazy("Every partner has confirmed its share"),
    "consortium": gettext_lazy("Size of the consortium"),
    "distinct": gettext_lazy("Partners are legally distinct"),
    "countries": gettext_lazy("Eligible countries"),
    "organisations": gettext_lazy("Cluster organisations"),
    "strand": gettext_lazy("Strand"),
    "objectives": gettext_lazy("Objectives"),
    "duration": gettext_lazy("Duration"),
    "grant_max": gettext_lazy("Highest grant"),
    "sme_share": gettext_lazy("Share to SMEs"),
}
_LISTED: Mapping[str, _StrPromise] = {
    "parts": gettext_lazy("Not written yet: %(names)s."),
    "limits": gettext_lazy("Longer than allowed, shorten it: %(names)s."),
    "annexes": gettext_lazy("Missing file: %(names)s."),
    "confirmed": gettext_lazy("Has not confirmed its share yet: %(names)s."),
    "distinct": gettext_lazy("Belongs to another partner and counts once with it: %(names)s."),
    "countries": gettext_lazy("Not from a country of this call: %(names)s."),
    "organisations": gettext_lazy("Not registered as a cluster organisation: %(names)s."),
}
_OBJECTIVES: Mapping[str, _StrPromise] = {
    "supporting": gettext_lazy("at least one supporting objective"),
    "focus": gettext_lazy("at least one objective in focus"),
}


def rule_name(rule: str) -> str:
    """The rule's name as a heading."""
    return str(RULE_NAMES[rule])


def sentence(reading: Reading) -> str:
    """What was found, with the figures; for a broken rule also what to do."""
    if reading.rule in _LISTED:
        names = ", ".join(reading.names)
        return (
            _("Kept.")
            if reading.outcome == PASSED
            else str(_LISTED[reading.rule]) % {"names": names}
        )
    return _SENTENCES[reading.rule](reading)


def _pages(reading: Reading) -> str:
    numbers = dict(reading.numbers)
    if reading.outcome == NOTE:
        return (
            _("%(pages)d pages; the last %(unread)d are past the limit of %(limit)d: not read.")
            % numbers
        )
    return _("%(pages)d pages, the limit is %(limit)d.") % numbers


def _consortium(reading: Reading) -> str:
    numbers = reading.numbers
    partners, countries = numbers["partners"], numbers["countries"]
    found = _("%(partners)s from %(countries)s.") % {
        "partners": ngettext("%d eligible organisation", "%d eligible organisations", partners)
        % partners,
        "countries": ngettext("%d country", "%d countries", countries) % countries,
    }
    return found if reading.outcome == PASSED else f"{found} {_wider(numbers)}"


def _wider(numbers: Mapping[str, int]) -> str:
    """What the call asks, and how many are missing: each new country brings its organisation."""
    lands = max(0, numbers["countries_min"] - numbers["countries"])
    more = max(lands, numbers["partners_min"] - numbers["partners"])
    missing = ngettext("%d organisation", "%d organisations", more) % more
    if lands:
        other = ngettext("%d other country", "%d other countries", lands) % lands
        missing = _("%(partners)s from %(countries)s") % {"partners": missing, "countries": other}
    asked = _(
        "The call asks for at least %(partners_min)d from at least %(countries_min)d countries; "
        "still missing: %(missing)s."
    )
    return asked % {**numbers, "missing": missing}


def _strand(reading: Reading) -> str:
    if reading.outcome == FAILED:
        return _("Choose one of the strands of this call.")
    return _("A strand of this call.")


def _objectives(reading: Reading) -> str:
    if reading.outcome == PASSED:
        return _("As the call asks.")
    names = ", ".join(str(_OBJECTIVES.get(name, name)) for name in reading.names)
    return _("Still to be named: %(names)s.") % {"names": names}


def _duration(reading: Reading) -> str:
    numbers = dict(reading.numbers)
    if reading.outcome == PASSED:
        return _("%(months)d months.") % numbers
    if not numbers["months"]:
        return _("Write how many months the project lasts, from %(min)d to %(max)d.") % numbers
    return _("%(months)d months; the call allows %(min)d to %(max)d.") % numbers


def _grant_max(reading: Reading) -> str:
    shown = {
        key: eur(reading.numbers[key]) for key in ("requested", "grant_max", "sme", "contribution")
    }
    if reading.outcome == PASSED:
        return _("%(requested)s requested, at most %(grant_max)s.") % shown
    if reading.outcome == NOTE:
        return (
            _(
                "The rates would give %(contribution)s; the request is cut to the highest grant, "
                "%(grant_max)s. The partners carry the rest."
            )
            % shown
        )
    if not reading.numbers["requested"]:
        return _("The budget is empty.")
    return (
        _("The support to SMEs alone, %(sme)s, is above the highest grant, %(grant_max)s.") % shown
    )


def _sme_share(reading: Reading) -> str:
    numbers = reading.numbers
    asked = -(-numbers["base"] * numbers["share_n"] // numbers["share_d"])
    shown = {
        "share": share(share_of(numbers["part"], numbers["base"])),
        "floor": share(share_of(numbers["share_n"], numbers["share_d"])),
        "missing": eur(asked - numbers["part"]),
    }
    if reading.outcome == PASSED:
        return _("%(share)s goes to SMEs, at least %(floor)s.") % shown
    return (
        _(
            "%(share)s goes to SMEs; it must be at least %(floor)s. Raise the support to SMEs or "
            "lower the other costs; of this request %(missing)s are missing."
        )
        % shown
    )


_SENTENCES = {
    "pages": _pages,
    "consortium": _consortium,
    "strand": _strand,
    "objectives": _objectives,
    "duration": _duration,
    "grant_max": _grant_max,
    "sme_share": _sme_share,
}


def gap_sentence(code: str, name: str) -> str:
    """What stops a call from being published, and what to do."""
    return str(_GAPS[code]) % {"name": name}


_GAPS: Mapping[str, _StrPromise] = {
    "no_criteria": gettext_lazy("Add at least one award criterion."),
    "step": gettext_lazy("%(name)s: the highest mark is not a whole number of steps."),
    "threshold_step": gettext_lazy("%(name)s: the threshold is not a whole number of steps."),
    "total_threshold": gettext_lazy("The overall threshold is above the highest possible total."),
    "no_strands": gettext_lazy("Add at least one strand."),
    "quotas": gettext_lazy("The strands' quotas ask for more projects than the budget can fund."),
    "strand_budgets": gettext_lazy("The strands' budgets add up to more than the call's budget."),
    "rates": gettext_lazy("Give a rate for each of the cost categories A, B, C, D1 and E."),
    "window": gettext_lazy("The call is open for fewer days than its own minimum."),
    "countries": gettext_lazy("Fewer countries are eligible than a consortium must come from."),
    "objectives_supporting": gettext_lazy("Fewer supporting objectives than a proposal must name."),
    "objectives_focus": gettext_lazy("Fewer objectives than a proposal must have in focus."),
    "tie_breaks": gettext_lazy("Add at least one rung to the ladder for equal totals."),
    "parts": gettext_lazy("Ask for at least one part of Part A and one of Part B."),
}
