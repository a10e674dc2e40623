"""The public front: what is open, what came out, where the money goes; all from the database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.presentation.formats import eur, whole
from core.presentation.meters import ShareMeter
from core.presentation.parts import Fact, Pill
from grants.models import Grant
from grants.queries import call_pages
from ledger import api as ledger
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
    """Of all grants that have begun: granted, paid, and the SMEs' share; four statements."""
    grants = Grant.objects.filter(book__isnull=False).select_related("book")
    figures = ledger.share_figures_of([one.book for one in grants if one.book])
    if not figures:
        return None
    sme = sum(one.paid.sme for one in figures.values())
    total = sum(one.paid.total for one in figures.values())
    granted = grants.aggregate(cents=Sum("grant_max_cents"))["cents"]
    issued = Voucher.objects.filter(issued_at__isnull=False).count()
    count = len(figures)
    return {
        "meter": ShareMeter(sme, total) if total else None,
        "aside": ngettext("%(n)d grant", "%(n)d grants", count) % {"n": count},
        "facts": [
            Fact(_("Granted"), eur(granted)),
            Fact(_("Vouchers issued to SMEs"), whole(issued)),
            Fact(_("Paid to SMEs"), eur(sme)),
        ],
    }
