"""The grant agreement: what both sides sign is this file's fingerprint."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from core import documents, jobs
from core.models import Person
from core.presentation.formats import day, eur, money, rate, share, share_of
from grants.actions import grant as grants
from grants.models import Grant
from reporting.pdf import paper

if TYPE_CHECKING:
    from core.models import Document, Job


@jobs.job("grant_agreement")
def make(row: Job) -> jobs.LastStep | None:
    """Print the agreement of a grant that is ready; asked again, the first print stays."""
    grant = Grant.objects.select_related(
        "call", "proposal__strand", "coordinator", "account", "agreement"
    ).get(pk=row.payload["grant"])
    if grant.agreement is not None:
        return None
    content = draw(grant)

    def keep() -> Document:
        printed = documents.store(
            content,
            kind="grant_agreement",
            name=f"agreement-{grant.number}-{grant.preparations}.pdf",
            media_type=documents.PDF,
            actor=Person.objects.system(),
            at=row.at,
        )
        grants.attach_agreement(grant_id=grant.pk, document=printed, at=row.at)
        return printed

    return keep


def draw(grant: Grant) -> bytes:
    """Data sheet, partners, money, rules, annexes."""
    head = paper.Heading(
        title=_("Grant agreement %(number)s") % {"number": grant.number},
        about=grant.call.identifier,
        foot=_("Agreement on the action %(acronym)s") % {"acronym": grant.proposal.acronym},
    )
    return paper.print_paper(
        head, [paper.title(head.title), *_data_sheet(grant), *_partners(grant), *_terms(grant)]
    )


def _data_sheet(grant: Grant) -> list[Any]:
    least = grant.grant_max_cents - grant.grant_max_cents * (grant.share_d - grant.share_n) // (
        grant.share_d
    )
    plan = share(share_of(grant.sme_planned_cents, grant.grant_max_cents))
    return [
        paper.heading(_("Data sheet")),
        paper.facts(
            [
                (_("Action"), f"{grant.proposal.acronym} · {grant.proposal.title}"),
                (_("Strand"), grant.proposal.strand or "–"),
                (_("Coordinator"), grant.coordinator.legal_name),
                (_("Starts and ends"), f"{day(grant.starts_on)} – {day(grant.ends_on)}"),
                (_("Maximum grant"), eur(grant.grant_max_cents)),
                (_("Planned for SMEs"), f"{eur(grant.sme_planned_cents)} · {plan}"),
                (_("Least for SMEs"), eur(least)),
                (_("Prefinancing"), rate(grant.prefinancing_bp)),
                (_("Ceiling before the balance"), rate(grant.ceiling_bp)),
                (_("Account of the coordinator"), grant.account.iban if grant.account else "–"),
            ],
            label_width=150,
        ),
    ]


def _partners(grant: Grant) -> list[Any]:
    rows = [
        [
            partner.organisation.legal_name,
            partner.organisation.country,
            money(partner.coordination_planned_cents),
            money(partner.sme_planned_cents),
        ]
        for partner in grant.beneficiaries.select_related("organisation").order_by(
            "-is_coordinator", "organisation__legal_name"
        )
    ]
    return [
        paper.heading(_("Annex 2: partners and estimated EU contribution")),
        paper.grid(
            [_("Partner"), _("Country"), _("Coordination EUR"), _("SMEs EUR")],
            rows,
            widths=[5, 1, 2, 2],
            right={2, 3},
        ),
    ]


def _terms(grant: Grant) -> list[Any]:
    clauses = (
        _(
            "At least %(n)s/%(d)s of the final grant reaches SMEs. The final grant is the lower of "
            "the maximum grant and accepted SME support plus accepted coordination, the latter "
            "counted up to one third of the accepted SME support, rounded down to the cent."
        )
        % {"n": grant.share_n, "d": grant.share_d},
        _("No partner delivers a service that a voucher pays for; nor do its affiliates."),
        _("Each SME call is published with its criteria and amounts and is open to all."),
        _("Records are kept for five years after the balance is paid."),
        _("SMEs accept checks by the granting authority, OLAF, EPPO and the Court of Auditors."),
    )
    story: list[Any] = [paper.heading(_("Terms"))]
    for number, clause in enumerate(clauses, start=1):
        story += [paper.text(f"{number}. {clause}"), paper.gap(4)]
    return story
