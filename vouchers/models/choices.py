"""Closed lists of the SME side."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SmeCallState(models.TextChoices):
    """Where an SME call stands."""

    DRAFT = "draft", _("Draft")
    READY = "ready", _("Ready")
    OPEN = "open", _("Open")
    EXHAUSTED = "exhausted", _("Budget used up")
    CLOSED = "closed", _("Closed")
    EVALUATING = "evaluating", _("Being evaluated")
    AWARDED = "awarded", _("Awarded")
    CONTRACTING = "contracting", _("Vouchers being signed")
    DONE = "done", _("Done")
    CANCELLED = "cancelled", _("Cancelled")


class ApplicationState(models.TextChoices):
    """Where an application stands."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Handed in")
    INELIGIBLE = "ineligible", _("Not eligible")
    ELIGIBLE = "eligible", _("Eligible")
    SCORED = "scored", _("Scored")
    REJECTED = "rejected", _("Rejected")
    WAITING = "waiting", _("On the waiting list")
    AWARDED = "awarded", _("Awarded")
    ACCEPTED = "accepted", _("Accepted")
    LAPSED = "lapsed", _("Lapsed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class VoucherState(models.TextChoices):
    """Where a voucher stands."""

    RESERVED = "reserved", _("Reserved")
    ISSUED = "issued", _("Issued")
    PROVIDER_SET = "provider_set", _("Provider confirmed")
    IN_PROGRESS = "in_progress", _("In progress")
    PARTLY_REDEEMED = "partly_redeemed", _("Partly used")
    REDEEMED = "redeemed", _("Fully used")
    CLOSED = "closed", _("Closed")
    EXPIRED = "expired", _("Expired")
    SUSPENDED = "suspended", _("Suspended")
    CANCELLED = "cancelled", _("Cancelled")
    REVOKED = "revoked", _("Revoked")


class SchemeKind(models.TextChoices):
    """Shapes of support; the values are those of ``rules.voucher_amount.Scheme``."""

    LUMP_SUM = "lump_sum", _("Lump sum")
    FIXED_SERVICE = "fixed_service", _("Services at a fixed price")
    COFUNDED = "cofunded", _("Share of the net cost")


class LineOrder(models.TextChoices):
    """Who comes first; the values are those of ``rules.selection.Order``."""

    FIRST_COME = "first_come", _("First come, first served")
    RANKED = "ranked", _("Ranked by marks")


class ServiceKind(models.TextChoices):
    """What a service is for."""

    RESILIENCE = "resilience", _("Resilience")
    GREEN = "green", _("Green")
    DIGITAL = "digital", _("Digital")
    TRAINING = "training", _("Training")


class PaymentRoute(models.TextChoices):
    """Who is paid, and when."""

    REIMBURSEMENT = "reimbursement", _("The SME is reimbursed")
    INSTALMENTS = "instalments", _("The SME is paid in instalments")
    PROVIDER = "provider", _("The provider is paid directly")


class AidRegime(models.TextChoices):
    """Whether the support counts as State aid."""

    NONE = "none", _("None: managed directly by the Commission's agency")
    DE_MINIMIS = "de_minimis", _("De minimis, Regulation (EU) 2023/2831")


class Distance(models.TextChoices):
    """Where an evaluator may not come from."""

    ANYWHERE = "anywhere", _("No rule")
    OTHER_COUNTRY = "other_country", _("From another country than the SME")
    OTHER_REGION = "other_region", _("From another region than the SME")


class EvidenceStage(models.TextChoices):
    """When a piece of evidence is asked for."""

    APPLICATION = "application", _("With the application")
    CLAIM = "claim", _("With each claim")
    FINAL = "final", _("With the final report")


class DecisionKind(models.TextChoices):
    """What was decided on an application."""

    ELIGIBLE = "eligible", _("Eligible")
    INELIGIBLE = "ineligible", _("Not eligible")
    AWARD = "award", _("Award")
    WAIT = "wait", _("Waiting list")
    REJECT = "reject", _("Rejection")


class RefusalGround(models.TextChoices):
    """Why an application isn't eligible."""

    NOT_SME = "not_sme", _("The applicant is not an SME")
    CONSORTIUM = "consortium", _("The applicant belongs to the consortium or is tied to it")
    OTHER_FUNDING = "other_funding", _("Other EU funding pays for the same activity")
    TOO_YOUNG = "too_young", _("The enterprise is younger than the call asks")
    CLUSTER = "cluster", _("The call does not fund clusters")
    INCOMPLETE = "incomplete", _("What was handed in does not meet the call's conditions")
    SANCTIONS = "sanctions", _("The applicant is excluded or under restrictive measures")


class SizeClass(models.TextChoices):
    """Size classes; the values are those of ``rules.sme_status.Size``."""

    MICRO = "micro", _("Micro enterprise")
    SMALL = "small", _("Small enterprise")
    MEDIUM = "medium", _("Medium-sized enterprise")
    LARGE = "large", _("Not an SME")


class TieDirection(models.TextChoices):
    """Who holds whom; the values are those of ``rules.sme_status.Direction``."""

    UP = "up", _("It holds a part of us")
    DOWN = "down", _("We hold a part of it")


class InvestorKind(models.TextChoices):
    """Kinds of holders; the values are those of ``rules.sme_status.Investor``."""

    ORDINARY = "ordinary", _("An ordinary enterprise or person")
    PUBLIC_INVESTMENT = "public_investment", _("Public investment corporation")
    VENTURE_CAPITAL = "venture_capital", _("Venture capital company")
    BUSINESS_ANGELS = "business_angels", _("Business angels")
    UNIVERSITY = "university", _("University or non-profit research centre")
    INSTITUTIONAL = "institutional", _("Institutional investor or regional development fund")
    LOCAL_AUTHORITY = "local_authority", _("Autonomous local authority")
