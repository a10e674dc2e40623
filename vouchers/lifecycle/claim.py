"""A claim: handed in by the SME, checked by one, certified by another, paid by three more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.lifecycle import Lifecycle, state_field, system_only
from vouchers.lifecycle import claim_conditions as when
from vouchers.models import Claim
from vouchers.models.claim import ClaimState as S
from vouchers.permissions import claim_sme, grant_person, paying_officer

if TYPE_CHECKING:
    from core.models import Person


class ClaimLifecycle(Lifecycle[Claim]):
    """Every state and move of a claim. ``gaps`` are set by the action before it fires."""

    state = state_field(S)
    gaps: tuple[str, ...] = ()

    @state.transition(
        source=S.DRAFT,
        target=S.SUBMITTED,
        label=_("Hand in the claim"),
        permission=claim_sme,
        conditions=[when.voucher_in_use, when.nothing_missing],
    )
    def submit(self) -> None:
        self._hand_in()

    @state.transition(
        source=S.RETURNED,
        target=S.SUBMITTED,
        label=_("Hand in the claim again"),
        permission=claim_sme,
        conditions=[when.voucher_in_use, when.nothing_missing],
    )
    def resubmit(self) -> None:
        self._hand_in()

    @state.transition(
        source=S.SUBMITTED,
        target=S.RETURNED,
        label=_("Send it back to the SME"),
        permission=grant_person("FM"),
        conditions=[when.reason_given],
    )
    @state.transition(
        source=S.CHECKED,
        target=S.RETURNED,
        label=_("Send it back to the SME"),
        permission=paying_officer,
        conditions=[when.reason_given],
    )
    def send_back(self) -> None:
        self.record.note = self.reason
        self.record.checked_by = None

    @state.transition(
        source=S.SUBMITTED,
        target=S.CHECKED,
        label=_("Confirm the check"),
        permission=grant_person("FM"),
        conditions=[when.lines_decided],
    )
    def check(self) -> None:
        self.record.checked_by = self.actor
        self.record.note = self.reason

    @state.transition(
        source=S.CHECKED,
        target=S.REJECTED,
        label=_("Reject the claim"),
        permission=paying_officer,
        conditions=[when.not_the_checker, when.reason_given],
    )
    def reject(self) -> None:
        self.record.note = self.reason

    @state.transition(
        source=S.CHECKED,
        target=S.CERTIFIED,
        label=_("Certify for payment"),
        permission=paying_officer,
        conditions=[when.not_the_checker, when.something_accepted, when.screened_lately],
    )
    def certify(self) -> None:
        self.record.certified_by = self.actor
        self.record.certified_at = self.at

    @state.transition(
        source=S.CERTIFIED,
        target=S.SCHEDULED,
        label=_("Order the payment"),
        permission=paying_officer,
        conditions=[when.payment_ordered],
    )
    def schedule(self) -> None:
        """The amount lies on the payment desk."""

    @state.transition(
        source=S.SCHEDULED,
        target=S.CERTIFIED,
        label=_("Take it off the payment desk"),
        permission=paying_officer,
        conditions=[when.no_open_payment],
    )
    def unschedule(self) -> None:
        """The order was cancelled before it left; the certificate stands."""

    @state.transition(
        source=[S.CERTIFIED, S.SCHEDULED],
        target=S.PAID,
        label=_("Paid"),
        permission=system_only,
    )
    def pay(self) -> None:
        """The bank has executed the payment, or an advance had covered it."""

    @state.transition(
        source=S.PAID,
        target=S.RECOVERED,
        label=_("Recover"),
        permission=paying_officer,
        conditions=[when.recovery_decided],
    )
    def recover(self) -> None:
        """What was paid is owed back."""

    @state.transition(
        source=[S.DRAFT, S.SUBMITTED, S.RETURNED],
        target=S.WITHDRAWN,
        label=_("Withdraw the claim"),
        permission=claim_sme,
    )
    def withdraw(self) -> None:
        """The voucher keeps its value."""

    def _hand_in(self) -> None:
        person: Person | None = self.actor
        self.record.submitted_by, self.record.submitted_at = person, self.at
        self.record.note = ""
