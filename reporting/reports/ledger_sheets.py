"""Sheets that several workbooks share: entries, vouchers, claims, payments, partners."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q, Sum

from grants.models import Payment
from ledger.models import Entry
from reporting.sheets import Column, Kind, Sheet
from vouchers.models import Claim, SmeStatus, Voucher

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from grants.models import Grant

ACCEPTED = (Claim.State.CERTIFIED, Claim.State.SCHEDULED, Claim.State.PAID, Claim.State.RECOVERED)
LEDGER_COLUMNS = (
    Column("Entry", Kind.COUNT, 10),
    Column("Effective on", Kind.DAY, 12),
    Column("Event", width=26),
    Column("Account", width=52),
    Column("Debit EUR", Kind.MONEY, 16, total=True),
    Column("Credit EUR", Kind.MONEY, 16, total=True),
    Column("Balance EUR", Kind.MONEY, 16),
    Column("Document", width=40),
    Column("SHA-256 of the document", width=66),
    Column("By", width=24),
    Column("Approved by", width=24),
    Column("Recorded (Brussels)", Kind.MOMENT, 20),
    Column("Hash of the entry", width=66),
)


def entries_of(book_ids: list[int]) -> QuerySet[Entry]:
    """Every entry of these books, in the order in which they were written."""
    return (
        Entry.objects.filter(account__book__in=book_ids)
        .select_related(
            "account", "posting__event__document", "posting__event__actor",
            "posting__event__approver",
        )
        .order_by("pk")
    )  # fmt: skip


def ledger_sheet(book_ids: list[int]) -> Sheet:
    return Sheet("Ledger", LEDGER_COLUMNS, map(_entry, entries_of(book_ids).iterator(2000)))


def _entry(entry: Entry) -> list[Any]:
    event = entry.posting.event
    return [
        entry.pk,
        event.effective_on,
        event.kind,
        entry.account.code,
        entry.amount if entry.amount > 0 else None,
        -entry.amount if entry.amount < 0 else None,
        entry.balance_after,
        event.document.name,
        event.document.sha256,
        str(event.actor),
        str(event.approver) if event.approver else "",
        entry.recorded_at,
        bytes(entry.hash).hex(),
    ]


def sums(book_ids: list[int]) -> tuple[int, int]:
    """Debits and credits in cents, by SQL on the entries alone."""
    return _both_sides(Entry.objects.filter(account__book__in=book_ids))


def turnover(book_ids: list[int], kind: str) -> tuple[int, int]:
    """Debits and credits of an account type in cents, summed over its entries alone."""
    rows = Entry.objects.filter(account__book__in=book_ids, account__type=kind)
    return _both_sides(rows)


def _both_sides(rows: QuerySet[Entry]) -> tuple[int, int]:
    found = rows.aggregate(
        debit=Sum("amount", filter=Q(amount__gt=0)), credit=Sum("amount", filter=Q(amount__lt=0))
    )
    return found["debit"] or 0, -(found["credit"] or 0)


RECIPIENT_COLUMNS = (
    Column("Grant", width=30),
    Column("SME call", width=34),
    Column("Voucher", width=26),
    Column("Recipient", width=34),
    Column("VAT number", width=18),
    Column("Registration number", width=18),
    Column("Country", width=8),
    Column("Size class", width=16),
    Column("Year of accounts", Kind.COUNT, 10),
    Column("Service", width=16),
    Column("Provider", width=30),
    Column("Provider's VAT number", width=18),
    Column("Awarded on", Kind.DAY, 12),
    Column("Contract on", Kind.DAY, 12),
    Column("Expires on", Kind.DAY, 12),
    Column("Awarded EUR", Kind.MONEY, 16, total=True),
    Column("Accepted EUR", Kind.MONEY, 16, total=True),
    Column("To be paid back EUR", Kind.MONEY, 16, total=True),
    Column("State", width=18),
)


def recipients_sheet(grants: list[Grant]) -> Sheet:
    """One row a voucher: the register of financial support to third parties."""
    rows = (
        Voucher.objects.filter(grant__in=grants)
        .select_related(
            "grant", "application__sme_call", "application__sme_status", "organisation",
            "provider__organisation",
        )
        .prefetch_related("claims", "recoveries")
        .order_by("number")
    )  # fmt: skip
    note = "Recipients of financial support: one row for each voucher"
    return Sheet("Recipients", RECIPIENT_COLUMNS, map(_recipient, rows.iterator(500)), note)


def _recipient(voucher: Voucher) -> list[Any]:
    holder, status = voucher.organisation, getattr(voucher.application, "sme_status", None)
    provider = voucher.provider.organisation if voucher.provider else None
    accepted = [c.accepted_cents or 0 for c in voucher.claims.all() if c.state in ACCEPTED]
    back = [r.amount_cents for r in voucher.recoveries.all() if r.decided_at]
    return [
        voucher.grant.number,
        voucher.application.sme_call.title,
        voucher.number,
        holder.legal_name,
        holder.vat_number,
        holder.registration_number,
        holder.country,
        SmeStatus.Size(status.size).label if status else "",
        status.year if status else None,
        voucher.get_kind_display(),
        provider.legal_name if provider else "",
        provider.vat_number if provider else "",
        voucher.application.awarded_at.date() if voucher.application.awarded_at else None,
        voucher.contract_on,
        voucher.expires_on,
        voucher.value_cents,
        sum(accepted),
        sum(back),
        voucher.get_state_display(),
    ]


CLAIM_COLUMNS = (
    Column("Voucher", width=26),
    Column("Claim", Kind.COUNT, 8),
    Column("Invoice", width=20),
    Column("Invoice of", Kind.DAY, 12),
    Column("Claimed EUR", Kind.MONEY, 16, total=True),
    Column("Accepted EUR", Kind.MONEY, 16, total=True),
    Column("Checked by", width=24),
    Column("Certified by", width=24),
    Column("Certified at (Brussels)", Kind.MOMENT, 20),
    Column("Paid on", Kind.DAY, 12),
    Column("End-to-end reference", width=36),
    Column("State", width=18),
)


def claims_sheet(grants: list[Grant]) -> Sheet:
    rows = (
        Claim.objects.filter(voucher__grant__in=grants, submitted_at__isnull=False)
        .select_related("voucher", "checked_by", "certified_by", "payment")
        .order_by("voucher__number", "number")
    )
    return Sheet("Claims", CLAIM_COLUMNS, map(_claim, rows.iterator(500)))


def _claim(claim: Claim) -> list[Any]:
    counts = claim.state in ACCEPTED
    return [
        claim.voucher.number,
        claim.number,
        claim.invoice_number,
        claim.invoice_date,
        claim.amount_cents,
        claim.accepted_cents if counts else None,
        str(claim.checked_by or ""),
        str(claim.certified_by or ""),
        claim.certified_at,
        claim.paid_on,
        claim.payment.end_to_end_id if claim.payment else "",
        claim.get_state_display(),
    ]


PAYMENT_COLUMNS = (
    Column("End-to-end reference", width=36),
    Column("Kind", width=26),
    Column("From", width=34),
    Column("To", width=34),
    Column("IBAN", width=30),
    Column("Amount EUR", Kind.MONEY, 16, total=True),
    Column("Prepared by", width=24),
    Column("Approved by", width=24),
    Column("Sent by", width=24),
    Column("Executed on", Kind.DAY, 12),
    Column("State", width=22),
)


def payments_sheet(grants: list[Grant]) -> Sheet:
    people = ("payer", "payee", "preparer", "approver", "sender")
    rows = (
        Payment.objects.filter(grant__in=grants)
        .select_related(*people)
        .order_by("created_at", "pk")
    )
    return Sheet("Payments", PAYMENT_COLUMNS, map(_payment, rows.iterator(500)))


def _payment(payment: Payment) -> list[Any]:
    authority = "Granting authority"
    return [
        payment.end_to_end_id,
        payment.get_kind_display(),
        str(payment.payer or authority),
        str(payment.payee or authority),
        payment.iban,
        payment.amount_cents,
        str(payment.preparer or ""),
        str(payment.approver or ""),
        str(payment.sender or ""),
        payment.executed_on,
        payment.get_state_display(),
    ]
