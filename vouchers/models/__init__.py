"""Every model of the vouchers app, by noun."""

from vouchers.models.application import (
    LIVE,
    UNDECIDED,
    Application,
    ApplicationDecision,
    ApplicationFile,
    ApplicationReview,
    ApplicationScore,
    ApplicationTransition,
    CapGroup,
    CapMember,
    DeclaredAid,
)
from vouchers.models.claim import (
    COUNTING,
    UNDER_CHECK,
    UNSETTLED,
    Claim,
    ClaimLine,
    ClaimTransition,
    Evidence,
)
from vouchers.models.provider import Provider
from vouchers.models.recovery import Recovery
from vouchers.models.sme_call import PUBLIC_STATES, SmeCall, SmeCallTransition
from vouchers.models.sme_call_parts import (
    CountryMaximum,
    EvidenceItem,
    Instalment,
    SmeCriterion,
    SmeService,
)
from vouchers.models.sme_status import LinkedEnterprise, SmeStatus, SmeYear
from vouchers.models.voucher import ACTIVE, USABLE, Voucher, VoucherExtension, VoucherTransition

__all__ = [
    "ACTIVE",
    "COUNTING",
    "LIVE",
    "PUBLIC_STATES",
    "UNDECIDED",
    "UNDER_CHECK",
    "UNSETTLED",
    "USABLE",
    "Application",
    "ApplicationDecision",
    "ApplicationFile",
    "ApplicationReview",
    "ApplicationScore",
    "ApplicationTransition",
    "CapGroup",
    "CapMember",
    "Claim",
    "ClaimLine",
    "ClaimTransition",
    "CountryMaximum",
    "DeclaredAid",
    "Evidence",
    "EvidenceItem",
    "Instalment",
    "LinkedEnterprise",
    "Provider",
    "Recovery",
    "SmeCall",
    "SmeCallTransition",
    "SmeCriterion",
    "SmeService",
    "SmeStatus",
    "SmeYear",
    "Voucher",
    "VoucherExtension",
    "VoucherTransition",
]
