"""Reads about claims that more than one caller needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core.presentation.formats import day, eur
from ledger.api import AccountRef, AccountType, balance
from vouchers import accounts
from vouchers.models import COUNTING, UNDER_CHECK, Claim, EvidenceItem
from vouchers.models.choices import EvidenceStage, SchemeKind
from vouchers.rules.claim import Terms, claimable, invoice_key, invoice_window

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vouchers.models import Voucher


def terms_of(voucher: Voucher) -> Terms:
    """What the SME call says about claims on this voucher."""
    call = voucher.application.sme_call
    return Terms(
        rate_bp=call.rate_bp if call.scheme == SchemeKind.COFUNDED else 10_000,
        invoice_days=call.invoice_days,
        vat_payable=call.vat_payable,
    )


def needs_invoice(voucher: Voucher) -> bool:
    """A lump sum is paid on the accepted result, everything else on an invoice."""
    return voucher.application.sme_call.scheme != SchemeKind.LUMP_SUM


def advanced_cents(voucher: Voucher) -> int:
    """Cents advanced on the voucher and not yet cleared."""
    return balance(accounts.advanced(voucher))


def remaining_cents(voucher: Voucher) -> int:
    """Cents of the voucher that no claim has taken yet, advanced ones included."""
    held = accounts.of_voucher(voucher)
    return held[AccountType.VCH] + held[AccountType.VADV]


def cash_cents(voucher: Voucher) -> int:
    """Cents of the action's cash, as the ledger of the voucher's grant has it."""
    assert voucher.grant.book_id is not None, "a grant with vouchers has a book"
    return balance(AccountRef(voucher.grant.book_id, AccountType.BANK))


def invoice_key_of(claim: Claim) -> str:
    """The invoice's one spelling, under the provider's VAT or registration number."""
    provider = claim.voucher.provider
    if provider is None or not needs_invoice(claim.voucher):
        return ""
    supplier = provider.organisation
    return invoice_key(
        vat_number=supplier.vat_number or supplier.registration_number,
        invoice_number=claim.invoice_number,
    )


def under_way(voucher: Voucher) -> Claim | None:
    """The claim that must be finished or withdrawn before another begins."""
    open_states = [Claim.State.DRAFT, *UNDER_CHECK]
    return voucher.claims.filter(state__in=open_states).first()


def can_begin(voucher: Voucher) -> bool:
    """Whether a claim can be begun now: in use, something left, none under way."""
    in_use = voucher.state in {voucher.State.IN_PROGRESS, voucher.State.PARTLY_REDEEMED}
    return in_use and remaining_cents(voucher) > 0 and under_way(voucher) is None


def amount_of(claim: Claim) -> int:
    """Cents of support that the claim's lines come to, within what the voucher has left."""
    net = sum(claim.lines.values_list("net_cents", flat=True))
    return claimable(
        net_cents=net,
        vat_cents=claim.vat_cents,
        remaining_cents=remaining_cents(claim.voucher),
        terms=terms_of(claim.voucher),
    )


def wanted(claim: Claim) -> list[EvidenceItem]:
    """Everything the call asks for with a claim; with the last one also the final report."""
    stages = [EvidenceStage.CLAIM, EvidenceStage.FINAL]
    items = EvidenceItem.objects.filter(
        sme_call=claim.voucher.application.sme_call, stage__in=stages
    )
    return list(items.order_by("position"))


def missing_evidence(claim: Claim) -> list[EvidenceItem]:
    """What the call asks for with each claim (with the last one: also the final report's)."""
    stages = [EvidenceStage.CLAIM] + ([EvidenceStage.FINAL] if claim.is_final else [])
    there = claim.evidence.filter(replaced_at__isnull=True).values("item")
    items = EvidenceItem.objects.filter(
        sme_call=claim.voucher.application.sme_call, stage__in=stages, is_required=True
    )
    return list(items.exclude(pk__in=there).order_by("position"))


def gaps(claim: Claim, *, amount: int) -> list[str]:
    """Sentences that say what still stops the claim from being handed in; empty when nothing."""
    found = [*_plain_gaps(claim, amount=amount), *_invoice_gaps(claim)]
    found += [_("Add: %(item)s.") % {"item": item.title} for item in missing_evidence(claim)]
    return found


def _plain_gaps(claim: Claim, *, amount: int) -> Iterable[str]:
    if not claim.lines.exists():
        yield _("Add at least one line with what was delivered and its net price.")
    elif amount <= 0:
        yield _("Nothing is left on the voucher for this claim.")
    if not claim.delivered.strip():
        yield _("Say what was delivered.")
    if claim.delivered_on is None:
        yield _("Say when it was delivered.")
    if not claim.has_no_other_funding:
        yield _("Declare that no other EU money pays for the same work.")
    if not claim.is_visible:
        yield _("Confirm that the EU's support was made visible.")


def _invoice_gaps(claim: Claim) -> Iterable[str]:
    voucher = claim.voucher
    if not needs_invoice(voucher):
        return
    key = invoice_key_of(claim)
    if not key or claim.invoice_date is None:
        yield _("Give the invoice's number and date.")
        return
    assert voucher.contract_on is not None
    assert voucher.expires_on is not None
    first, last = invoice_window(
        contract_on=voucher.contract_on,
        ends_on=voucher.expires_on,
        invoice_days=terms_of(voucher).invoice_days,
    )
    if not first <= claim.invoice_date <= last:
        yield _("The invoice is of %(day)s. It must be dated from %(first)s to %(last)s.") % {
            "day": day(claim.invoice_date),
            "first": day(first),
            "last": day(last),
        }
    used = Claim.objects.filter(invoice_key=key, state__in=COUNTING).exclude(pk=claim.pk)
    if used.exists():
        yield _(
            "Invoice %(number)s of this provider has been claimed before. One invoice counts once."
        ) % {"number": claim.invoice_number}


def summary(claim: Claim) -> dict[str, object]:
    """The claim as it is kept beside its postings."""
    voucher = claim.voucher
    return {
        "claim": str(claim),
        "voucher": voucher.number,
        "grant": voucher.grant.number,
        "payee": str(claim.payee.pk),
        "amount_cents": claim.amount_cents,
        "amount": eur(claim.amount_cents),
        "advance_cents": claim.advance_cents,
        "accepted_cents": claim.accepted_cents,
        "invoice": claim.invoice_key,
        "invoice_date": claim.invoice_date.isoformat() if claim.invoice_date else None,
        "lines": [
            {"text": line.text, "net_cents": line.net_cents, "accepted_cents": line.accepted_cents}
            for line in claim.lines.order_by("position")
        ],
        "evidence": [
            {"item": item.item.title, "sha256": item.document.sha256}
            for item in claim.evidence.filter(replaced_at__isnull=True).select_related(
                "item", "document"
            )
        ],
    }
