"""One viewflow process for each record that people work on, and a new cycle when it reopens."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from viewflow.workflow.models import Process


class RecordProcess(Process):
    """Adds a real key to the record; what the record is, its own lifecycle says."""

    cycle = models.PositiveSmallIntegerField(default=1)

    class Meta:
        abstract = True


def _once(name: str) -> models.UniqueConstraint:
    return models.UniqueConstraint(fields=["record", "cycle"], name=f"{name}_process_cycle")


class CallProcess(RecordProcess):
    record = models.ForeignKey("grants.Call", models.PROTECT, related_name="processes")

    class Meta:
        constraints: ClassVar = [_once("call")]


class ProposalProcess(RecordProcess):
    record = models.ForeignKey("grants.Proposal", models.PROTECT, related_name="processes")

    class Meta:
        constraints: ClassVar = [_once("proposal")]


class GrantProcess(RecordProcess):
    record = models.ForeignKey("grants.Grant", models.PROTECT, related_name="processes")

    class Meta:
        constraints: ClassVar = [_once("grant")]


class ReportProcess(RecordProcess):
    record = models.ForeignKey("grants.PeriodicReport", models.PROTECT, related_name="processes")

    class Meta:
        constraints: ClassVar = [_once("report")]


class PaymentProcess(RecordProcess):
    record = models.ForeignKey("grants.Payment", models.PROTECT, related_name="processes")

    class Meta:
        constraints: ClassVar = [_once("payment")]


class SmeCallProcess(RecordProcess):
    record = models.ForeignKey("vouchers.SmeCall", models.PROTECT, related_name="processes")

    class Meta:
        constraints: ClassVar = [_once("sme_call")]


class ApplicationProcess(RecordProcess):
    record = models.ForeignKey("vouchers.Application", models.PROTECT, related_name="processes")

    class Meta:
        constraints: ClassVar = [_once("application")]


class VoucherProcess(RecordProcess):
    record = models.ForeignKey("vouchers.Voucher", models.PROTECT, related_name="processes")

    class Meta:
        constraints: ClassVar = [_once("voucher")]


class ClaimProcess(RecordProcess):
    record = models.ForeignKey("vouchers.Claim", models.PROTECT, related_name="processes")

    class Meta:
        constraints: ClassVar = [_once("claim")]
