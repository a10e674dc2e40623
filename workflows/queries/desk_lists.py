"""Lists of officers: funds to manage, payments, the SMEs' share of each grant, calls."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from core.presentation.meters import ShareMeter
from core.presentation.parts import Tile
from core.presentation.tables import Column, Link, Table
from core.questions import ask
from core.tags import tag_of
from grants.models import Call, CallRole, Grant, GrantRole, Payment, Proposal
from grants.models.grant import running
from grants.queries import payment_page
from grants.queries.stages import stages_of
from ledger import api as ledger
from parties.rules.days import day_of
from workflows.queries import roles
from workflows.queries.parts import Button, GrantShare, Section

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Sequence
    from datetime import datetime

    from core.models import Person

SHOWN = 12
S = Proposal.State
HANDED_IN = [state for state in S if state not in (S.DRAFT, S.EXPIRED)]
STAGES: list[Sequence[str]] = [
    HANDED_IN,
    [S.FROZEN],
    [S.TO_EVALUATE],
    [S.EVALUATED, S.RANKED, S.MAIN_LIST, S.RESERVE_LIST, S.INVITED, S.GRANT_PREP],
    [S.GRANTED],
]
"""The states that each column of numbers counts."""


def calls(person: Person, *, at: datetime) -> list[Section]:
    """The person's calls with the number of proposals by stage: two statements."""
    mine = Call.objects.run_by(person, on=day_of(at))
    found = list(mine.order_by("-deadline_at", "identifier")[:SHOWN])
    stages = stages_of(found)
    columns = [
        Column(_("Call"), "head"),
        Column(_("State"), "tag"),
        Column(_("Deadline"), "day"),
        Column(_("Handed in"), "num"),
        Column(_("To check"), "num"),
        Column(_("With experts"), "num"),
        Column(_("Listed"), "num"),
        Column(_("Granted"), "num"),
    ]
    table = Table(_("Proposals by stage"), columns, [_call(one, stages[one.pk]) for one in found])
    return [
        Section(
            title=_("My calls"),
            none=_("No call is in your hands now."),
            link=Button(_("All calls"), reverse("grants:call_desk")),
            table=table if table.rows else None,
        )
    ]


def _call(one: Call, counts: Counter[str]) -> list[Any]:
    url = reverse("grants:call_setup", args=[one.pk])
    head = Link(one.identifier, url, one.title)
    return [head, one, one.deadline_at, *(sum(counts[s] for s in stage) for stage in STAGES)]


def funds(person: Person, *, at: datetime) -> list[Section]:
    """What lies on the fund manager's desk: one statement."""
    tiles: list[tuple[Any, str, str]] = [
        (roles.open_sme_calls, _("Open SME calls"), "vouchers:sme_call_desk"),
        (roles.applications_to_check, _("Applications to check"), "vouchers:sme_call_desk"),
        (roles.vouchers_in_use, _("Vouchers in use"), "vouchers:voucher_desk"),
        (roles.claims_to_check, _("Claims to check"), "vouchers:claim_desk"),
    ]
    known = ask(person, on=day_of(at), how_many=[question for question, _words, _page in tiles])
    return [
        Section(
            title=_("My funds"),
            link=Button(_("Our SME calls"), reverse("vouchers:sme_call_desk")),
            tiles=[
                Tile(words, str(known[question]), url=reverse(page))
                for question, words, page in tiles
            ],
        )
    ]


def payments(person: Person, *, at: datetime) -> list[Section]:
    """The steps of the payment desk with their sums: one statement."""
    desk = Payment.objects.on_desk_of(person, on=day_of(at))
    url = reverse("grants:payment_list")
    return [
        Section(
            title=_("Payment desk"),
            link=Button(_("All payments"), url),
            tiles=[
                replace(tile, url=f"{url}{tile.url}")
                for tile in payment_page.tiles(desk, current="")
            ],
        )
    ]


def shares(person: Person, *, at: datetime) -> list[Section]:
    """The SMEs' share of what each grant has paid, from the ledger: three statements."""
    on = day_of(at)
    offices = CallRole.objects.on(on).filter(person=person, role=CallRole.Role.FO)
    mine = running(GrantRole.objects.filter(person=person, role=GrantRole.Role.FO), on=on)
    of_mine = Q(call__in=offices.values("call")) | Q(pk__in=mine.values("grant"))
    begun = Grant.objects.filter(of_mine, book__isnull=False)
    found = list(begun.select_related("proposal", "book").order_by("number")[:SHOWN])
    figures = ledger.share_figures_of([one.book for one in found if one.book])
    return [
        Section(
            title=_("What has reached SMEs, grant by grant"),
            none=_("No grant has begun yet."),
            link=Button(_("All grants"), reverse("grants:grant_list")),
            shares=[_share(one, figures[one.book_id or 0]) for one in found],
        )
    ]


def _share(one: Grant, figures: ledger.ShareFigures) -> GrantShare:
    paid = figures.paid
    return GrantShare(
        name=one.proposal.acronym,
        number=one.number,
        url=reverse("grants:grant_detail", args=[one.pk]),
        tag=tag_of(one),
        meter=ShareMeter(paid.sme, paid.total) if paid.total else None,
    )
