"""What the pages of vouchers show: to the holder, at the desk, and to whoever verifies one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from core.models import Job
from core.presentation.formats import day, eur, money, rate
from core.presentation.meters import width
from core.presentation.parts import Due, Row, Step
from core.presentation.tables import Column, Link, Table, Two
from core.tags import BAD, GOOD, OVER, WARN, Tag, tag_of
from ledger.api import AccountType, balances_by_key
from parties.rules.days import day_of
from vouchers import accounts
from vouchers.lifecycle.application_conditions import cap_used, promised
from vouchers.models import ACTIVE, Voucher
from vouchers.models.choices import VoucherState
from vouchers.rules.number import is_well_formed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from django.db.models import QuerySet

    from core.models import Document, Person

V = VoucherState
SOON_DAYS = 7
STARTED = (V.IN_PROGRESS, V.PARTLY_REDEEMED, V.REDEEMED, V.CLOSED)


@dataclass(frozen=True, slots=True)
class Value:
    """What became of a voucher's value, in cents; ``bars`` are widths of the drawn meter."""

    whole: int
    paid: int
    checking: int
    free: int

    @property
    def released(self) -> int:
        """What ended unused."""
        return self.whole - self.paid - self.checking - self.free

    @property
    def paid_width(self) -> str:
        """Width of what was accepted."""
        return width(self.paid * 10_000 // self.whole)

    @property
    def used_width(self) -> str:
        """Width of what was accepted or is under check."""
        return width((self.paid + self.checking) * 10_000 // self.whole)

    @property
    def sentence(self) -> str:
        """The meter in words."""
        return _("Of %(whole)s: accepted %(paid)s, under check %(checking)s, free %(free)s") % {
            "whole": money(self.whole),
            "paid": money(self.paid),
            "checking": money(self.checking),
            "free": money(self.free),
        }


def value_of(voucher: Voucher) -> Value:
    """The value as the ledger knows it; before the issue all of it is reserved."""
    if voucher.issued_at is None:
        return Value(voucher.value_cents, 0, 0, voucher.value_cents)
    held = accounts.of_voucher(voucher)
    free = held[AccountType.VCH] + held[AccountType.VADV]
    states = ["certified", "scheduled", "paid", "recovered"]
    accepted = voucher.claims.filter(state__in=states).values_list("accepted_cents", flat=True)
    return Value(
        voucher.value_cents, sum(one or 0 for one in accepted), held[AccountType.CLAIM], free
    )


def mine(person: Person, *, on: date) -> list[Due]:
    """Vouchers of the person's organisations, those in use first."""
    rows = Voucher.objects.of_member(person, on=on).select_related(
        "application__service", "organisation"
    )
    found = sorted(rows.order_by("expires_on", "number")[:200], key=_rank)
    return [
        Due(
            title=_("%(service)s, up to %(value)s")
            % {"service": one.application.service, "value": eur(one.value_cents)},
            url=reverse("vouchers:voucher_page", args=[one.pk]),
            why=f"{one.number} · {one.organisation.legal_name}",
            when=one.expires_on if one.state in ACTIVE else None,
            tag=tag(one, on=on),
        )
        for one in found
    ]


def _rank(one: Voucher) -> int:
    return 0 if one.state in (V.RESERVED, *ACTIVE) else 1


def tag(voucher: Voucher, *, on: date) -> Tag:
    """The state; a usable one in its last week says so."""
    left = (voucher.expires_on - on).days if voucher.expires_on else None
    usable = voucher.state in ACTIVE and voucher.state != V.SUSPENDED
    if usable and left is not None and 0 <= left <= SOON_DAYS:
        return Tag(WARN, _("Expires in %(days)s days") % {"days": left})
    return tag_of(voucher)


def desk_table(rows: Sequence[Voucher]) -> Table:
    """Vouchers at the fund manager's desk with what is left on each, from the ledger."""
    books = {one.grant.book for one in rows if one.grant.book is not None}
    left: dict[str, int] = {}
    for book in books:
        left |= balances_by_key(book, type=AccountType.VCH)
    lines = [
        (
            Link(
                one.number,
                reverse("vouchers:voucher_page", args=[one.pk]),
                str(one.application.service),
            ),
            Two(one.organisation.legal_name, one.organisation.get_country_display()),
            one,
            one.expires_on,
            one.value_cents,
            left.get(str(one.pk), 0) if one.issued_at else one.value_cents,
        )
        for one in rows
    ]
    columns = [
        Column(_("Voucher"), "head"),
        Column(_("SME")),
        Column(_("State"), "tag"),
        Column(_("Last day"), "day"),
        Column(_("Value, EUR"), "money"),
        Column(_("Left, EUR"), "money"),
    ]
    return Table(_("Vouchers"), columns, lines, none=_("No voucher here."), top=True)


def service_rows(voucher: Voucher) -> list[Row]:
    """Who delivers what, and what the voucher pays of it."""
    application = voucher.application
    sme_call, service = application.sme_call, application.service
    rows = [
        Row(_("Provider"), _provider_words(voucher)),
        Row(_("May be paid for"), service.activities if service else ""),
        Row(_("The voucher pays"), _pays_words(voucher)),
        Row(_("Offer"), eur(voucher.offer_net_cents) if voucher.offer_net_cents else ""),
        Row(_("Contract date"), _contract_words(voucher)),
        Row(_("SME call"), sme_call.title),
    ]
    return [row for row in rows if row.value]


def _provider_words(voucher: Voucher) -> str:
    if voucher.provider is None:
        return _("Not chosen yet")
    firm = voucher.provider.organisation
    words = f"{firm.legal_name}, {firm.get_country_display()}"
    if voucher.provider_confirmed_at is None:
        return _("%(firm)s, waits for the fund manager") % {"firm": words}
    checked = day(day_of(voucher.provider_confirmed_at), short=True)
    return _("%(firm)s. Not linked to the consortium or to the SME; checked %(day)s") % {
        "firm": words,
        "day": checked,
    }


def _pays_words(voucher: Voucher) -> str:
    sme_call = voucher.application.sme_call
    vat = _("VAT too.") if sme_call.vat_payable else _("Not the VAT.")
    if sme_call.scheme == "cofunded":
        part = _("%(rate)s of the net cost, up to the value.") % {"rate": rate(sme_call.rate_bp)}
    else:
        part = _("The net cost, up to the value.")
    return f"{part} {vat}"


def _contract_words(voucher: Voucher) -> str:
    if voucher.contract_on is None:
        return ""
    return _("%(day)s. Work before this day cannot be paid.") % {"day": day(voucher.contract_on)}


def steps(voucher: Voucher) -> list[Step]:
    """Where the voucher stands in time."""
    issued, confirmed = voucher.issued_at, voucher.provider_confirmed_at
    begun = voucher.contract_on is not None and voucher.state in STARTED
    found = [
        Step(_("Signed and issued"), "done" if issued else "now", issued),
        Step(_("Provider confirmed"), _kind(bool(confirmed), bool(issued)), confirmed),
        Step(_("Contract signed"), _kind(begun, bool(confirmed)), voucher.contract_on),
        Step(_("Claims and payments"), _kind(voucher.state in (V.REDEEMED, V.CLOSED), begun)),
        Step(_("Closed"), _kind(voucher.state == V.CLOSED, voucher.state == V.REDEEMED)),
    ]
    ends = {V.EXPIRED, V.CANCELLED, V.REVOKED}
    if voucher.state in ends:
        done = [one for one in found if one.kind == "done"]
        return [*done, Step(voucher.get_state_display(), "bad", voucher.ended_at)]
    return found


def _kind(is_done: bool, is_next: bool) -> str:  # noqa: FBT001  two facts about one step
    if is_done:
        return "done"
    return "now" if is_next else "next"


def limit_words(voucher: Voucher, *, on: date) -> str:
    """How much of the cap and of the services the SME and its linked firms have used."""
    one = voucher.application
    used = eur(cap_used(one, on=on))
    services = promised(one, on=on).filter(service__counts=True).count() + 1
    words = _("All support of this Eurocluster, linked firms included: %(used)s of %(cap)s")
    found = words % {"used": used, "cap": money(one.sme_call.grant.call.sme_max_cents)}
    if one.sme_call.service_max:
        part = _("%(n)s of %(most)s services used")
        found += "; " + part % {"n": services, "most": one.sme_call.service_max}
    return found + "."


@dataclass(frozen=True, slots=True)
class Verified:
    """What anybody may know about a voucher; ``tag`` says in a word whether it counts."""

    tag: Tag
    rows: list[Row]
    number: str


def verified_by_code(code: str, *, at: datetime) -> Verified | None:
    """What the square code opens: also who holds the voucher, as the paper says it anyway."""
    voucher = _shown().filter(code=code).first()
    return _verified(voucher, at=at, by_code=True) if voucher else None


def verified_by_number(number: str, *, at: datetime) -> Verified | None:
    """What the number alone opens: numbers can be guessed, so the holder stays unnamed."""
    if not is_well_formed(number):
        return None
    voucher = _shown().filter(number=number.strip().upper()).first()
    return _verified(voucher, at=at, by_code=False) if voucher else None


def _shown() -> QuerySet[Voucher]:
    rows = Voucher.objects.filter(issued_at__isnull=False)
    return rows.select_related("grant", "organisation", "application__service")


def _verified(voucher: Voucher, *, at: datetime, by_code: bool) -> Verified:
    service, firm = voucher.application.service, voucher.organisation
    holder = f"{firm.legal_name}, {firm.get_country_display()}" if by_code else ""
    activities = service.activities if service else ""
    rows = [
        Row(_("Issued by"), _("grant %(number)s") % {"number": voucher.grant.number}),
        Row(_("Issued to"), holder or _("Scan the square code to see it")),
        Row(_("For"), f"{voucher.get_kind_display()}: {activities}"),
        Row(_("Highest value"), eur(voucher.value_cents)),
        Row(_("Valid until"), day(voucher.expires_on)),
    ]
    return Verified(_verdict(voucher, at=at), rows, voucher.number)


def _verdict(voucher: Voucher, *, at: datetime) -> Tag:
    today = day_of(at)
    if voucher.state == V.SUSPENDED:
        return Tag(WARN, _("Genuine, suspended: nothing is paid now"))
    if voucher.state in ACTIVE and voucher.expires_on and voucher.expires_on >= today:
        return Tag(GOOD, _("Genuine and valid"))
    if voucher.state in (V.REVOKED, V.CANCELLED):
        return Tag(BAD, _("Genuine, but no longer valid"))
    return Tag(OVER, _("Genuine, used up or expired"))


def printed(voucher: Voucher) -> Document | None:
    """The PDF, once its job has written it."""
    job = Job.objects.filter(key=f"voucher:{voucher.pk}").select_related("result").first()
    return job.result if job else None
