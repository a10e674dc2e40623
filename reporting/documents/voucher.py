"""The voucher as a page to print: value, holder, services, the square code that verifies it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from reportlab.lib.colors import white
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Table, TableStyle

from core import documents, jobs
from core.models import Person
from core.presentation.formats import day, eur, rate, when
from reporting.pdf import paper
from vouchers.models import Voucher

if TYPE_CHECKING:
    from core.models import Job

CODE_SIDE, QUIET_ZONE = 30 * mm, 2 * mm
VALUE = ParagraphStyle("value", paper.TITLE, fontSize=24, leading=30, spaceAfter=0)
NUMBER = ParagraphStyle("number", paper.STRONG, fontSize=12, leading=16)


@jobs.job("voucher")
def make(row: Job) -> jobs.LastStep:
    """Print an issued voucher; the job keeps the print."""
    voucher = Voucher.objects.select_related(
        "grant__proposal",
        "grant__call",
        "organisation",
        "application__service",
        "application__sme_call",
        "holder_signed_by",
        "consortium_signed_by",
    ).get(pk=row.payload["voucher"])
    return partial(
        documents.store,
        draw(voucher),
        kind="voucher",
        name=f"voucher-{voucher.number}.pdf",
        media_type=documents.PDF,
        actor=Person.objects.system(),
        at=row.at,
    )


class SquareCode(Flowable):
    """A QR code as one vector path: crisp at any size."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.matrix = [list(line) for line in segno.make(content, error="m").matrix]
        self.width = self.height = CODE_SIDE

    def draw(self) -> None:
        step = CODE_SIDE / len(self.matrix)
        path = self.canv.beginPath()
        for y, line in enumerate(self.matrix):
            for x, dark in enumerate(line):
                if dark:
                    path.rect(x * step, CODE_SIDE - (y + 1) * step, step, step)
        edge = CODE_SIDE + 2 * QUIET_ZONE
        self.canv.setStrokeColor(paper.LATTICE)
        self.canv.setLineWidth(0.6)
        self.canv.setFillColor(white)
        self.canv.rect(-QUIET_ZONE, -QUIET_ZONE, edge, edge, stroke=1, fill=1)
        self.canv.setFillColor(paper.INK)
        self.canv.drawPath(path, stroke=0, fill=1)


def verify_url(voucher: Voucher) -> str:
    """Where the square code leads: nobody can guess another voucher's."""
    return f"{settings.SITE_URL}{reverse('vouchers:voucher_scan', args=[voucher.code])}"


def draw(voucher: Voucher) -> bytes:
    """One A4 page."""
    grant = voucher.grant
    head = paper.Heading(
        title=_("Voucher for %(kind)s services") % {"kind": voucher.get_kind_display().lower()},
        about=f"{grant.proposal.acronym} · {grant.number}",
        foot=_("Cofinanced by the European Union. %(call)s") % {"call": grant.call.identifier},
    )
    story = [
        paper.title(head.title),
        paper.text(
            _("The holder may have these services paid, up to the value and until the day stated.")
        ),
        paper.gap(),
        _value_box(voucher),
        paper.gap(),
        paper.facts(_facts(voucher)),
        paper.gap(),
        paper.signatures(
            [
                (_("For the consortium"), *_signed(voucher, "consortium")),
                (_("For the holder"), *_signed(voucher, "holder")),
            ]
        ),
        paper.gap(),
        paper.text(
            _(
                "Verify it with the square code or the number on the page “Verify a document”. The "
                "holder agrees to checks by the granting authority, OLAF, EPPO and the Court of "
                "Auditors."
            ),
            paper.SMALL,
        ),
    ]
    return paper.print_paper(head, story)


class ValueBox(Table):
    """A box on a pale lattice, like the band of the paper."""

    def draw(self) -> None:
        width, height = self._width, self._height  # type: ignore[attr-defined]  # not in the stub
        self.canv.saveState()
        frame = self.canv.beginPath()
        frame.rect(0, 0, width, height)
        self.canv.clipPath(frame, stroke=0)
        self.canv.setStrokeColor(paper.SOFT)
        self.canv.setLineWidth(0.6)
        for x in range(-int(height), int(width), 16):
            self.canv.line(x, 0, x + height, height)
            self.canv.line(x + height, 0, x, height)
        self.canv.restoreState()
        super().draw()


def _value_box(voucher: Voucher) -> Table:
    call = voucher.application.sme_call
    terms = _("%(rate)s of the net cost; VAT is not paid") % {"rate": rate(call.rate_bp)}
    words = [
        paper.text(_("Highest value"), paper.LABEL),
        paper.text(eur(voucher.value_cents), VALUE),
        paper.text(terms, paper.SMALL),
        paper.gap(),
        paper.text(_("Number"), paper.LABEL),
        paper.text(voucher.number, NUMBER),
    ]
    return ValueBox(
        [[words, SquareCode(verify_url(voucher))]],
        colWidths=[paper.WIDTH - CODE_SIDE - 24, CODE_SIDE + 24],
        style=TableStyle(
            [
                ("BOX", (0, 0), (-1, -1), 0.8, paper.BRAND),
                ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
                ("LEFTPADDING", (0, 0), (-1, -1), 12),
                ("RIGHTPADDING", (0, 0), (-1, -1), 12),
                ("TOPPADDING", (0, 0), (-1, -1), 10),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 10),
            ]
        ),
    )


def _facts(voucher: Voucher) -> list[tuple[object, object]]:
    holder, service = voucher.organisation, voucher.application.service
    place = f"{holder.street}, {holder.postcode} {holder.town}, {holder.get_country_display()}"
    return [
        (_("Holder"), f"{holder.legal_name}\n{place}"),
        (_("VAT number"), holder.vat_number or holder.registration_number),
        (
            _("Valid"),
            _("%(first)s to %(last)s")
            % {"first": day(voucher.issued_at), "last": day(voucher.expires_on)},
        ),
        (_("Service"), service.title if service else "–"),
        (_("Activities"), service.activities if service else "–"),
        (_("Not allowed"), _("Services of a consortium partner; work before the contract date")),
    ]


def _signed(voucher: Voucher, side: str) -> tuple[str, str]:
    person, at = getattr(voucher, f"{side}_signed_by"), getattr(voucher, f"{side}_signed_at")
    return str(person), _("signed %(moment)s") % {"moment": when(at)}
