"""What pages show of de minimis aid: what was declared, what counts, what is left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from core.presentation.formats import day, eur
from core.presentation.parts import Row
from core.presentation.tables import Column, Table, Two
from ledger.api import aid_register
from parties.models import Organisation
from parties.queries import linked_group
from parties.rules.countries import COUNTRIES
from vouchers import accounts
from vouchers.models.choices import ApplicationState

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from vouchers.models import Application


def draft_rows(one: Application) -> list[dict[str, Any]]:
    """The rows of a draft's list, to be changed; what was sent stays."""
    rows = one.declared_aid.filter(application__state=ApplicationState.DRAFT)
    fields = rows.order_by("granted_on", "pk").values("granted_on", "cents", "authority")
    return [dict(row) for row in fields]


def declared_table(one: Application) -> Table:
    """What the applicant listed."""
    rows = [
        (row.authority, day(row.granted_on, short=True), row.cents)
        for row in one.declared_aid.order_by("granted_on", "pk")
    ]
    columns = [Column(_("Granted by"), "head"), Column(_("Granted on")), Column(_("EUR"), "money")]
    return Table(
        _("De minimis aid from elsewhere"), columns, rows, none=_("No other aid was declared.")
    )


def aid_rows(one: Application, *, on: date) -> list[Row]:
    """What counts for the applicant and its linked enterprises today, and what is left."""
    room = accounts.aid_left(one, on=on)
    counted = _("%(cents)s from %(first)s to %(last)s") % {
        "cents": eur(room.counted),
        "first": day(room.first_day, short=True),
        "last": day(room.last_day, short=True),
    }
    return [
        Row(_("Member State"), COUNTRIES[one.sme_call.aid_from]),
        Row(_("Ceiling"), ceiling_words(one)),
        Row(_("Counts already, promises included"), counted),
        Row(_("May still be granted"), eur(room.left)),
    ]


def ceiling_words(one: Application) -> str:
    """How much in how many years."""
    return _("%(ceiling)s in any %(years)s years, with linked enterprises") % {
        "ceiling": eur(one.sme_call.aid_ceiling_cents),
        "years": one.sme_call.aid_years,
    }


def register_table(one: Application, *, on: date) -> Table:
    """The register of the applicant's undertaking, row by row."""
    group = linked_group(one.organisation_id, on_date=on)
    rows = list(aid_register(group, country=one.sme_call.aid_from))
    names = _names([row.holder.key for row in rows])
    lines = [
        (
            Two(
                names.get(row.holder.key, "–"),
                row.granted_by or (_("Correction") if row.corrects_id else _("Voucher")),
            ),
            day(row.granted_on, short=True),
            day(row.leaves_on, short=True),
            row.cents,
        )
        for row in rows
    ]
    columns = [
        Column(_("Enterprise"), "head"),
        Column(_("Granted on")),
        Column(_("Counts until before")),
        Column(_("EUR"), "money"),
    ]
    none = _("No aid has been entered for this enterprise.")
    return Table(_("Register of de minimis aid"), columns, lines, none=none, top=True)


def _names(keys: list[str]) -> dict[str, str]:
    found: list[tuple[UUID, str]] = list(
        Organisation.objects.filter(pk__in=set(keys)).values_list("pk", "legal_name")
    )
    return {str(pk): name for pk, name in found}
