from workflows.models.process import (
    ApplicationProcess,
    CallProcess,
    ClaimProcess,
    GrantProcess,
    PaymentProcess,
    ProposalProcess,
    RecordProcess,
    ReportProcess,
    SmeCallProcess,
    VoucherProcess,
)

__all__ = [
    "ApplicationProcess",
    "CallProcess",
    "ClaimProcess",
    "GrantProcess",
    "PaymentProcess",
    "ProposalProcess",
    "RecordProcess",
    "ReportProcess",
    "SmeCallProcess",
    "VoucherProcess",
]
