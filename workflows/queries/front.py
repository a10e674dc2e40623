"""The public front: what is open, what came out, where the money goes; all from the database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.presentation.formats import eur, share_of, whole
from core.presentation.meters import PoolMeter, pool_stages
from core.presentation.parts import Fact, Pill
from grants.models import Grant
from grants.queries import call_pages
from ledger import api as ledger
from ledger.rules import share
from vouchers.models import Voucher
from vouchers.queries import sme_call_pages

if TYPE_CHECKING:
    from datetime import datetime

RESULTS = 5
AUDIENCES = ("", "clusters", "smes")


def front(*, audience: str, at: datetime) -> dict[str, Any]:
    """Calls for an audience (clusters, smes or both), results, and figures of all grants."""
    for_clusters = call_pages.open_calls(at) if audience != "smes" else []
    for_smes = sme_call_pages.open_calls(at) if audience != "clusters" else []
    return {
        "calls": [*for_clusters, *for_smes],
        "counts": _counts(len(for_clusters), len(for_smes)),
        "pills": _pills(audience),
        "results": call_pages.past_calls(at)[:RESULTS],
        "money": money(),
    }


def _counts(clusters: int, smes: int) -> str:
    return _("%(clusters)s, %(smes)s.") % {
        "clusters": ngettext("%(n)d call for clusters", "%(n)d calls for clusters", clusters)
        % {"n": clusters},
        "smes": ngettext("%(n)d for SMEs", "%(n)d for SMEs", smes) % {"n": smes},
    }


def _pills(audience: str) -> list[Pill]:
    words = {"": _("All"), "clusters": _("For clusters"), "smes": _("For SMEs")}
    return [
        Pill(words[one], f"?for={one}#calls" if one else "?#calls", one == audience)
        for one in AUDIENCES
    ]


def money() -> dict[str, Any] | None:
    """Of all grants that have begun: how far their money has come; four statements."""
    grants = Grant.objects.filter(book__isnull=False).select_related("book")
    figures = ledger.share_figures_of([one.book for one in grants if one.book])
    if not figures:
        return None
    meter = _reach(list(figures.values()))
    issued = Voucher.objects.filter(issued_at__isnull=False).count()
    count = len(figures)
    return {
        "meter": meter,
        "planned": share_of(meter.stages[0].sme, meter.grant),
        "aside": ngettext("%(n)d grant", "%(n)d grants", count) % {"n": count},
        "facts": [
            Fact(_("Granted"), eur(meter.grant)),
            *(Fact(words, eur(cents), series=css) for words, cents, css in _parts(meter)),
            Fact(_("Vouchers issued to SMEs"), whole(issued)),
        ],
    }


def _reach(figures: list[ledger.ShareFigures]) -> PoolMeter:
    """The grants as if they were one; each has its own pool."""

    def both(stage: str) -> tuple[int, int]:
        splits = [getattr(one, stage) for one in figures]
        return sum(split.sme for split in splits), sum(split.coordination for split in splits)

    return PoolMeter(
        grant=sum(one.grant for one in figures),
        pool=sum(share.sme_pool(one.grant, n=one.share_n, d=one.share_d) for one in figures),
        stages=pool_stages(
            planned=both("planned"),
            committed=both("committed"),
            paid=both("paid"),
            accepted=both("accepted"),
        ),
    )


def _parts(meter: PoolMeter) -> list[tuple[str, int, str]]:
    words = (
        _("Planned for SMEs"),
        _("Committed in vouchers"),
        _("Paid to SMEs"),
        _("Accepted support"),
    )
    return [(text, stage.sme, stage.css) for text, stage in zip(words, meter.stages, strict=True)]
