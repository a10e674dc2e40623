"""The closed lists of grants, payments and reports: states, kinds, roles."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class GrantState(models.TextChoices):
    """Where the agreement stands, from preparation to closure."""

    PREPARATION = "preparation", _("In preparation")
    READY_TO_SIGN = "ready_to_sign", _("Ready to sign")
    COORD_SIGNED = "coord_signed", _("Signed by the coordinator")
    SIGNED = "signed", _("Signed by both sides")
    ACTIVE = "active", _("Active")
    SUSPENDED = "suspended", _("Suspended")
    TERMINATED = "terminated", _("Terminated")
    REPORTING = "reporting", _("Final report open")
    FINAL_ACCEPTED = "final_accepted", _("Settled")
    BALANCE_PAID = "balance_paid", _("Balance paid")
    IN_RECOVERY = "in_recovery", _("In recovery")
    CLOSED = "closed", _("Closed")
    PREP_FAILED = "prep_failed", _("Preparation failed")


class GrantRoleKind(models.TextChoices):
    """The roles of a grant; see docs/glossary.md."""

    FM = "FM", _("Fund manager")
    FO = "FO", _("Finance officer")
    LSIGN = "LSIGN", _("Legal signatory")
    FSIGN = "FSIGN", _("Financial signatory")


class SignatureKind(models.TextChoices):
    """What the signature is for."""

    DECLARATION = "declaration", _("Declaration of honour")
    COORDINATOR = "coordinator", _("Agreement, for the coordinator")
    AUTHORITY = "authority", _("Agreement, for the granting authority")
    ACCESSION = "accession", _("Accession form")
    STATEMENT = "statement", _("Financial statement")
    SETTLEMENT = "settlement", _("Final settlement")


class PaymentKind(models.TextChoices):
    """What the money is for; each kind has one app that acts on its execution."""

    PREFINANCING = "prefinancing", _("Prefinancing")
    INTERIM = "interim", _("Interim payment")
    BALANCE = "balance", _("Payment of the balance")
    DEBIT_NOTE = "debit_note", _("Repayment to the granting authority")
    PARTNER = "partner", _("Payment to a partner")
    VOUCHER_ADVANCE = "voucher_advance", _("Advance on a voucher")
    CLAIM = "claim", _("Payment of a claim")
    RECOVERY_IN = "recovery_in", _("Repayment by an SME")


class PaymentState(models.TextChoices):
    """How far the money is."""

    DUE = "due", _("Due")
    SUSPENDED = "suspended", _("Suspended")
    PREPARED = "prepared", _("Waits for second officer")
    APPROVED = "approved", _("Approved, to be sent")
    SENT = "sent", _("At the bank")
    EXECUTED = "executed", _("Executed")
    RETURNED = "returned", _("Returned by the bank")
    CANCELLED = "cancelled", _("Cancelled")
    RECOVERED = "recovered", _("Recovered")


class BankOutcome(models.TextChoices):
    """What the bank did."""

    EXECUTED = "executed", _("Executed")
    RETURNED = "returned", _("Returned")


class ReportState(models.TextChoices):
    """How far the report is."""

    OPEN = "open", _("Being written")
    PARTS_LOCKED = "parts_locked", _("All statements signed")
    SUBMITTED = "submitted", _("Being checked")
    RETURNED = "returned", _("Sent back")
    SUSPENDED = "suspended", _("Question open")
    ACCEPTED = "accepted", _("Accepted")
    PARTLY_ACCEPTED = "partly_accepted", _("Accepted in part")
    PAYMENT_DUE = "payment_due", _("Payment due")
    CLOSED = "closed", _("Closed")


class CostCategory(models.TextChoices):
    """Budget categories of the agreement; see docs/domain.md, "Budget categories"."""

    A = "A", _("Personnel")
    B = "B", _("Subcontracting")
    C1 = "C1", _("Travel and subsistence")
    C2 = "C2", _("Equipment")
    C3 = "C3", _("Other goods, works and services")
