"""The SMEs' share of a grant by stage, and what may still go to coordination."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from core.presentation.formats import eur
from core.presentation.meters import PoolMeter, pool_stages
from ledger import api as ledger
from ledger.rules import share

if TYPE_CHECKING:
    from grants.models import Grant

BP = 10_000


def meter(grant: Grant, *, figures: ledger.ShareFigures | None = None) -> PoolMeter:
    """The grant's SME share by stage, from the ledger."""
    if figures is None:
        assert grant.book is not None, "only a signed grant has figures"
        figures = ledger.share_figures(grant.book)
    stages = pool_stages(
        planned=(figures.planned.sme, figures.planned.coordination),
        committed=(figures.committed.sme, figures.committed.coordination),
        paid=(figures.paid.sme, figures.paid.coordination),
        accepted=(figures.accepted.sme, figures.accepted.coordination),
    )
    return PoolMeter(
        grant=figures.grant,
        pool=share.sme_pool(figures.grant, n=grant.share_n, d=grant.share_d),
        stages=[
            replace(stage, urls=urls) for stage, urls in zip(stages, stage_urls(grant), strict=True)
        ],
        floor_bp=-(-BP * grant.share_n // grant.share_d),
    )


def stage_urls(grant: Grant) -> list[tuple[str, str]]:
    """What the figures of each stage are made of: all accounts, cash, or one account."""
    every = reverse("grants:grant_trial", args=[grant.pk])
    cash, support, coordination = (
        reverse("grants:grant_account", args=[grant.pk, type_])
        for type_ in ("P.BANK", "B.SACC", "B.CACC")
    )
    return [(every, every), (every, every), (cash, cash), (support, coordination)]


def coordination_left(figures: ledger.ShareFigures) -> str:
    """How much may still go to coordination, and how much of it is earned by now."""
    kept, used = figures.planned.coordination, figures.accepted.coordination
    n, d = figures.share_n, figures.share_d
    earned = min(figures.accepted.sme * (d - n) // n, figures.grant - figures.accepted.sme)
    words = _(
        "Up to %(left)s may still go to coordination. The SME support accepted so far carries "
        "%(earned)s of coordination; %(used)s is accepted."
    )
    return words % {
        "left": eur(max(kept - used, 0)),
        "earned": eur(max(min(earned, kept), 0)),
        "used": eur(used),
    }
