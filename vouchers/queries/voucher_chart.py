"""Where the vouchers of a grant went: from SME calls through kinds of service to countries."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q, Sum
from django.utils.translation import gettext as _

from core.presentation.charts.sankey import Flow, Node, Sankey
from ledger import api as ledger
from parties.rules.countries import COUNTRIES
from vouchers.models import Voucher
from vouchers.models.choices import ServiceKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grants.models import Grant

CALL, KIND, COUNTRY = range(3)
SERIES = {
    ServiceKind.GREEN: "s1",
    ServiceKind.DIGITAL: "s2",
    ServiceKind.TRAINING: "s4",
    ServiceKind.RESILIENCE: "s5",
}
SHOWN, OTHER = 7, "other"
LEAST, PER_NODE = 90, 56


@dataclass(frozen=True, slots=True)
class Part:
    """Cents of one voucher with the keys of its SME call, its kind and its holder's country."""

    keys: tuple[str, str, str]
    cents: int


def where_vouchers_went(grant: Grant) -> Sankey | None:
    """What the ledger has committed to each voucher, less what was recovered; two statements.

    The sum is the committed SME support of the grant. Nothing to draw before the first voucher.
    """
    if grant.book is None:
        return None
    committed = ledger.committed_by_voucher(grant.book)
    decided = Q(recoveries__decided_at__isnull=False)
    recovered = Sum("recoveries__amount_cents", filter=decided, default=0)
    rows = Voucher.objects.filter(grant=grant).annotate(recovered=recovered).order_by("number")
    call, country = "application__sme_call", "organisation__country"
    titles, parts = {}, []
    for pk, call_pk, title, kind, where, back in rows.values_list(
        "pk", call, f"{call}__title", "kind", country, "recovered"
    ):
        titles[str(call_pk)] = title
        cents = committed.get(str(pk), 0) - back
        parts.append(Part((str(call_pk), kind, where), cents))
    return drawn(parts, titles=titles)


def drawn(parts: Sequence[Part], *, titles: dict[str, str]) -> Sankey | None:
    """The chart of these parts; small SME calls and countries are drawn together as others."""
    held = [part for part in parts if part.cents > 0]
    if not held:
        return None
    shown = [_largest(held, column) for column in (CALL, KIND, COUNTRY)]
    flows: Counter[tuple[int, str, str, str]] = Counter()
    for part in held:
        call, kind, country = (
            key if key in shown[column] else OTHER for column, key in enumerate(part.keys)
        )
        flows[CALL, call, kind, kind] += part.cents
        flows[KIND, kind, country, kind] += part.cents
    return Sankey(
        title=_("Where the vouchers went, EUR committed"),
        nodes=[
            Node(f"{column}:{key}", _words(column, key, titles), column, _series(column, key))
            for column, keys in enumerate(shown)
            for key in keys
        ],
        flows=[
            Flow(f"{column}:{source}", f"{column + 1}:{target}", cents, SERIES[ServiceKind(kind)])
            for (column, source, target, kind), cents in flows.items()
        ],
        heads=(_("SME call"), _("Service"), _("Country")),
        height=LEAST + PER_NODE * max(map(len, shown)),
    )


def _largest(parts: Sequence[Part], column: int) -> list[str]:
    """The keys with the most money, the largest first; the rest as one."""
    sums: Counter[str] = Counter()
    for part in parts:
        sums[part.keys[column]] += part.cents
    keys = [key for key, _cents in sums.most_common()]
    return keys if len(keys) <= SHOWN else [*keys[: SHOWN - 1], OTHER]


def _words(column: int, key: str, titles: dict[str, str]) -> str:
    if key == OTHER:
        return _("Others")
    if column == CALL:
        return titles[key]
    return str(ServiceKind(key).label) if column == KIND else COUNTRIES[key]


def _series(column: int, key: str) -> str:
    return SERIES[ServiceKind(key)] if column == KIND else "s0"
