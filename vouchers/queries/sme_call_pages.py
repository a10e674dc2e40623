"""What the pages of SME calls show, to the public and at the fund manager's desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.presentation.formats import day, eur, money, rate, when
from core.presentation.parts import CallCard, Fact, Row, Task, Tile
from core.presentation.tables import Column, Link, Table, Two
from core.tags import tag_of
from ledger.api import AccountType, balances_by_key
from parties.rules.countries import COUNTRIES
from vouchers import accounts
from vouchers.lifecycle.sme_call_conditions import gaps
from vouchers.models import SmeCall
from vouchers.models.choices import ApplicationState, SmeCallState, VoucherState
from vouchers.queries.sentences import gap_sentence

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from django.db.models import QuerySet

    from core.models import Person
    from grants.models import Grant

A = ApplicationState
PART_TITLES = {
    "services": gettext_lazy("Services and amounts"),
    "criteria": gettext_lazy("Award criteria"),
    "evidence_items": gettext_lazy("Evidence"),
    "country_maxima": gettext_lazy("Most SMEs of a country"),
    "instalments": gettext_lazy("Instalments"),
}


def open_calls(at: datetime) -> list[CallCard]:
    """SME calls that take applications, the next closing first: two statements."""
    rows = SmeCall.objects.filter(
        state__in=[SmeCallState.OPEN, SmeCallState.EXHAUSTED], closes_at__gte=at
    )
    return [_card(one) for one in _with_services(rows).order_by("closes_at", "number")]


def past_calls(at: datetime) -> list[CallCard]:
    """SME calls that were open once, the latest first, at most fifty: two statements."""
    rows = SmeCall.objects.public().exclude(
        state__in=[SmeCallState.OPEN, SmeCallState.EXHAUSTED], closes_at__gte=at
    )
    return [_card(one) for one in _with_services(rows).order_by("-closes_at", "number")[:50]]


def _with_services(rows: QuerySet[SmeCall]) -> QuerySet[SmeCall]:
    return rows.select_related("organisation").prefetch_related("services")


def _card(one: SmeCall) -> CallCard:
    return CallCard(
        over=_("For SMEs · %(partner)s") % {"partner": one.organisation.legal_name},
        title=one.title,
        url=reverse("vouchers:sme_call_page", args=[one.pk]),
        about=f"{what_sme_gets(one)} {one.summary}".strip(),
        tag=tag_of(one),
        closes_at=one.closes_at,
    )


def what_sme_gets(one: SmeCall) -> str:
    """The offer in a sentence."""
    amounts = [service.amount_cents for service in one.services.all()]
    if not amounts:
        return ""
    most = eur(max(amounts))
    if one.scheme == SmeCall.Scheme.COFUNDED:
        return _("%(rate)s of the net cost, at most %(most)s.") % {
            "rate": rate(one.rate_bp),
            "most": most,
        }
    if one.scheme == SmeCall.Scheme.LUMP_SUM:
        return _("A lump sum of %(most)s.") % {"most": most}
    return _("Services worth up to %(most)s.") % {"most": most}


def term_rows(one: SmeCall) -> list[Row]:
    """The terms of a call as keys and values."""
    rows = [
        Row(_("What you get"), what_sme_gets(one)),
        Row(_("Who comes first"), one.get_order_display()),
        Row(_("Who is paid"), one.get_route_display()),
        Row(_("VAT"), _("Paid too") if one.vat_payable else _("Not paid")),
        Row(_("Your own share"), rate(one.own_share_bp) if one.own_share_bp else _("None asked")),
        Row(_("Services per SME"), str(one.service_max) if one.service_max else _("No maximum")),
        Row(_("All support of this Eurocluster"), _cap_words(one)),
        Row(_("A voucher is valid for"), _months(one.validity_months)),
        Row(_("Providers"), _provider_words(one)),
        Row(_("State aid"), _aid_words(one)),
        Row(
            _("Open"),
            f"{when(one.opens_at, zone=one.zone_info)} – {when(one.closes_at, zone=one.zone_info)}",
        ),
        Row(_("Portal number"), one.portal_id),
    ]
    return [row for row in rows if row.value]


def _cap_words(one: SmeCall) -> str:
    return _("At most %(cap)s for an SME and its linked enterprises") % {
        "cap": eur(one.grant.call.sme_max_cents)
    }


def _aid_words(one: SmeCall) -> str:
    if not one.is_aid:
        return one.get_regime_display()
    return _("De minimis aid of %(state)s: at most %(ceiling)s in any %(years)s years") % {
        "state": COUNTRIES[one.aid_from],
        "ceiling": eur(one.aid_ceiling_cents),
        "years": one.aid_years,
    }


def _months(count: int) -> str:
    return ngettext("%(n)d month", "%(n)d months", count) % {"n": count}


def _provider_words(one: SmeCall) -> str:
    words = _("Never a partner of the consortium, nor a firm linked with it or with you.")
    if one.catalogue_only:
        return _("Only those of our catalogue.") + " " + words
    return words


def service_table(one: SmeCall) -> Table:
    """What the call pays for."""
    rows = [
        (Two(service.title, service.activities), service.get_kind_display(), service.amount_cents)
        for service in one.services.order_by("position")
    ]
    columns = [Column(_("Service"), "head"), Column(_("Kind")), Column(_("EUR"), "money")]
    return Table(_("Services of the call"), columns, rows, top=True)


def criteria_table(one: SmeCall) -> Table:
    """How applications are judged."""
    rows = [
        (
            Two(criterion.name, criterion.description),
            f"{criterion.score_max.normalize():f}",
            f"{criterion.threshold.normalize():f}",
            criterion.tie_rank or "–",
        )
        for criterion in one.criteria.order_by("position")
    ]
    columns = [
        Column(_("Criterion"), "head"),
        Column(_("Highest mark"), "num"),
        Column(_("Threshold"), "num"),
        Column(_("Tie-break"), "num"),
    ]
    return Table(_("Award criteria of the call"), columns, rows, top=True)


def desk_table(person: Person, *, on: date) -> Table:
    """SME calls of the person's grants with their figures: a fixed number of statements."""
    calls = list(
        SmeCall.objects.run_by(person, on=on)
        .select_related("grant__book")
        .annotate(
            sent=Count("applications", filter=Q(applications__submitted_at__isnull=False)),
            won=Count("applications", filter=Q(applications__state__in=[A.AWARDED, A.ACCEPTED])),
        )
        .order_by("-opens_at", "number")[:200]
    )
    left = budgets_left(calls)
    rows = [
        (
            Link(one.title, reverse("vouchers:sme_call_record", args=[one.pk]), one.number),
            one,
            one.opens_at,
            one.closes_at,
            one.sent,  # type: ignore[attr-defined]  # annotated above
            one.won,  # type: ignore[attr-defined]  # annotated above
            one.budget_cents,
            left.get(str(one.pk)),
        )
        for one in calls
    ]
    columns = [
        Column(_("SME call"), "head"),
        Column(_("State"), "tag"),
        Column(_("Opens"), "when"),
        Column(_("Closes"), "when"),
        Column(_("Handed in"), "num"),
        Column(_("Awarded"), "num"),
        Column(_("Budget, EUR"), "money"),
        Column(_("Still free, EUR"), "money"),
    ]
    none = _("No SME call has been set up yet.")
    return Table(_("SME calls of your grants"), columns, rows, none=none, top=True)


def budgets_left(calls: Sequence[SmeCall]) -> dict[str, int]:
    """What each call still has to award, in cents, from the ledger: one statement a grant."""
    books = {one.grant.book for one in calls if one.grant.book is not None}
    found: dict[str, int] = {}
    for book in books:
        found |= balances_by_key(book, type=AccountType.CALL)
    return found


def tiles(one: SmeCall) -> list[Tile]:
    """The figures that steer a call's desk."""
    states = dict(
        one.applications.values_list("state")
        .annotate(Count("pk"))
        .values_list("state", "pk__count")
    )
    decided = states.get(A.AWARDED, 0) + states.get(A.ACCEPTED, 0)
    url = reverse("vouchers:sme_call_applications", args=[one.pk])
    left = accounts.left(accounts.call_budget(one)) if one.opened_at else one.budget_cents
    return [
        Tile(_("To check"), str(states.get(A.SUBMITTED, 0)), url=f"{url}?state=submitted"),
        Tile(_("Being evaluated"), str(states.get(A.ELIGIBLE, 0)), url=f"{url}?state=eligible"),
        Tile(_("To decide"), str(states.get(A.SCORED, 0)), url=f"{url}?state=scored"),
        Tile(_("Awarded"), str(decided), url=f"{url}?state=won"),
        Tile(
            _("Still free"),
            money(left),
            _("of EUR %(all)s") % {"all": money(one.budget_cents)},
            url=url,
        ),
    ]


def set_up_tasks(one: SmeCall) -> list[Task]:
    """The parts of a draft with a link to each."""
    tasks = [
        Task(
            _("Terms"),
            reverse("vouchers:sme_call_edit", args=[one.pk]),
            _("Offer, conditions, dates, payment"),
        )
    ]
    for part, title in PART_TITLES.items():
        count = getattr(one, part).count()
        tasks.append(
            Task(
                str(title),
                reverse("vouchers:sme_call_part", args=[one.pk, part]),
                done=count > 0,
                status=_("None yet"),
            )
        )
    return tasks


def gap_sentences(one: SmeCall) -> list[str]:
    """What a draft still lacks."""
    return [gap_sentence(gap) for gap in gaps(one)]


def limit_facts(grant: Grant) -> list[Fact]:
    """How much of the SME pool is free."""
    if grant.book is None:
        return []
    return [
        Fact(_("SME pool, not yet in a call"), money(accounts.left(accounts.pool(grant)))),
        Fact(_("Grant ends"), day(grant.ends_on)),
    ]


def waiting_for_coordinator(person: Person, *, on: date) -> list[SmeCall]:
    """SME calls that wait for the approval of the coordinator whose signatory the person is."""
    calls = SmeCall.objects.run_by(person, on=on).filter(
        state=SmeCallState.READY, approved_at__isnull=True
    )
    mine = calls.filter(grant__roles__person=person, grant__roles__role="LSIGN")
    return list(mine.select_related("grant").distinct().order_by("opens_at", "number"))


def unsigned_vouchers(one: SmeCall) -> int:
    """Vouchers of the call that wait for a signature."""
    accepted = one.applications.filter(state=A.ACCEPTED)
    return accepted.filter(voucher__state=VoucherState.RESERVED).count()
