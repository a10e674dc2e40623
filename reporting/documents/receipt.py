"""The sealed receipt of a proposal: what was handed in, when, and its fingerprint."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from core import documents, jobs
from core.presentation.formats import eur, share, share_of
from grants.actions import submission
from grants.models import ProposalVersion
from reporting.pdf import paper

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from core.models import Document, Job


@jobs.job("proposal_receipt")
def make(row: Job) -> jobs.LastStep:
    """Print the receipt of a version."""
    version = ProposalVersion.objects.select_related("proposal__call", "submitted_by").get(
        pk=row.payload["version"]
    )
    content = draw(version)

    def keep() -> Document:
        printed = documents.store(
            content,
            kind="proposal_receipt",
            name=f"receipt-{version.receipt_number}.pdf",
            media_type=documents.PDF,
            actor=version.submitted_by,
            at=version.submitted_at,
        )
        return submission.attach_receipt(version.pk, document=printed).document

    return keep


def draw(version: ProposalVersion) -> bytes:
    """The receipt as PDF: the same bytes however often it is drawn."""
    call, proposal = version.proposal.call, version.proposal
    head = paper.Heading(
        title=_("Receipt %(number)s") % {"number": version.receipt_number},
        about=call.identifier,
        foot=_("SHA-256 of the content: %(sha256)s") % {"sha256": version.sha256},
    )
    handed_in = _instant(version, call.zone_info)
    facts: list[tuple[object, object]] = [
        (_("Proposal"), f"{proposal.acronym} · {proposal.reference}"),
        (_("Version"), version.number),
        (_("Received whole"), handed_in),
        (_("Handed in by"), version.submitted_by),
        (_("Partners"), f"{version.partner_count} ({version.country_count} {_('countries')})"),
        (_("Requested"), eur(version.requested_cents)),
        (
            _("To SMEs"),
            f"{eur(version.sme_cents)} · {_share(version)}",
        ),
        (_("SHA-256"), " ".join(version.sha256[i : i + 8] for i in range(0, 64, 8))),
    ]
    return paper.print_paper(head, _story(head, facts))


def _story(head: paper.Heading, facts: list[tuple[object, object]]) -> list[Any]:
    return [
        paper.title(head.title),
        paper.text(_("This proposal was received whole, in time, and sealed as it was.")),
        paper.gap(),
        paper.facts(facts),
        paper.gap(),
        paper.text(
            _(
                "The last version received by the deadline is the one that counts. The fingerprint "
                "belongs to the content alone: on the page “Verify a document” anyone can hold it "
                "against this receipt's number."
            ),
            paper.SMALL,
        ),
    ]


def _share(version: ProposalVersion) -> str:
    return share(share_of(version.sme_cents, version.requested_cents))


def _instant(version: ProposalVersion, zone: ZoneInfo) -> str:
    local = version.submitted_at.astimezone(zone)
    milliseconds = local.microsecond // 1000
    return f"{local:%d %b %Y, %H:%M:%S}.{milliseconds:03d} {zone.key}"
