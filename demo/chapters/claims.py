"""Vouchers are used: providers, contracts, claims of every fate, payments, a recovery."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from demo.chapters.proposals import part_b
from demo.chapters.sme_calls import offer
from demo.money import order, pay
from grants.models import Payment
from vouchers.actions import certification, extension, recovery
from vouchers.actions import claim as claims
from vouchers.actions import voucher as vouchers
from vouchers.models import Claim, EvidenceItem, Voucher
from vouchers.models.choices import EvidenceStage, SchemeKind

if TYPE_CHECKING:
    from uuid import UUID

    from demo.firms import Firm
    from demo.staff import Staff
    from demo.stage import Stage

NAMED = datetime(2023, 5, 22, 9, 0, tzinfo=UTC)
CONTRACT = date(2023, 6, 5)
STARTED = datetime(2023, 6, 5, 9, 0, tzinfo=UTC)
FIRST = datetime(2023, 9, 18, 9, 0, tzinfo=UTC)
SECOND = datetime(2024, 2, 12, 9, 0, tzinfo=UTC)
LATE = datetime(2024, 12, 9, 9, 0, tzinfo=UTC)
PDF = part_b("Evidence", pages=1)

# What happens to a voucher, by its number in its call; all others are used up in two claims.
ONLY_ISSUED, NAMED_ONLY, CONFIRMED, RUNNING = {3}, {7}, {9}, {15}
SUSPENDED, CANCELLED, REVOKED, EXTENDED = {17}, {18}, {19}, {20}
PARTLY = {1, 4, 21}
LAST_CLAIM = {
    5: "draft",
    6: "submitted",
    8: "returned",
    10: "checked",
    12: "certified",
    14: "prepared",
    16: "sent",
    22: "rejected",
    23: "withdrawn",
    24: "approved",
}
BOUNCED, RECOVERED, CUT = {2}, {0}, {25, 26}


def play(stage: Stage) -> None:
    """Voucher by voucher, in the order of the calls."""
    rows = stage.notes["vouchers"]
    for count, (pk, firm, number) in enumerate(rows, start=1):
        voucher = Voucher.objects.select_related("grant", "application__sme_call").get(pk=pk)
        if voucher.state == Voucher.State.ISSUED:
            Use(stage, voucher, firm, number=number % 29).play()
        stage.tell("Vouchers and claims", count, len(rows))


class Use:
    """One voucher's story, told by its number; the first two calls end with their grants."""

    def __init__(self, stage: Stage, voucher: Voucher, firm: Firm, *, number: int) -> None:
        self.stage, self.voucher, self.firm, self.number = stage, voucher, firm, number
        self.people: Staff = stage.notes["staff"][voucher.grant_id]
        self.ends = voucher.grant_id in {grant.pk for grant in stage.notes["played"][:2]}

    def play(self) -> None:
        """As far as this voucher comes."""
        if self.number in ONLY_ISSUED:
            return
        self._name_provider()
        if self.number in NAMED_ONLY:
            return
        manager = self.people.funds[0]
        vouchers.confirm_provider(voucher_id=self.voucher.pk, actor=manager, at=NAMED)
        if self.number in CONFIRMED:
            return
        vouchers.start(self.voucher.pk, contract_on=CONTRACT, actor=self.firm.person, at=STARTED)
        if self.number in SUSPENDED | CANCELLED | EXTENDED and not self.ends:
            self._interrupt()
        elif self.number not in RUNNING:
            self._claim_all()

    def _name_provider(self) -> None:
        firms = self.stage.notes["providers"][self.voucher.grant_id]
        chosen = firms[self.number % len(firms)]
        vouchers.name_provider(
            self.voucher.pk,
            organisation=chosen,
            services="As in the offer",
            net_cents=self._cost(),
            offer=offer(self.firm.organisation.short_name),
            actor=self.firm.person,
            at=NAMED,
        )

    def _cost(self) -> int:
        """Net cost: a cofunded voucher pays half of it."""
        half = self.voucher.application.sme_call.scheme == SchemeKind.COFUNDED
        return self.voucher.value_cents * (2 if half else 1)

    def _interrupt(self) -> None:
        manager, second = self.people.funds
        if self.number in SUSPENDED:
            extension.suspend(
                voucher_id=self.voucher.pk,
                actor=manager,
                at=LATE,
                reason="A check of the provider is under way.",
            )
        elif self.number in CANCELLED:
            vouchers.cancel(
                voucher_id=self.voucher.pk,
                actor=self.firm.person,
                at=FIRST,
                reason="We found the means ourselves.",
            )
        else:
            expires_on = Voucher.objects.get(pk=self.voucher.pk).expires_on
            assert expires_on is not None
            extension.ask(
                self.voucher.pk,
                new_day=expires_on + timedelta(days=30),
                reason="The test bench was booked out in spring.",
                actor=manager,
                at=LATE,
            )
            extension.extend(voucher_id=self.voucher.pk, actor=second, at=LATE + timedelta(days=1))

    def _claim_all(self) -> None:
        """Two claims: the first is paid, the second ends as its number says."""
        self._make_payable()
        whole = self._cost()
        fate = "" if self.ends else LAST_CLAIM.get(self.number, "")
        paid = self._claim(whole * 6 // 10, at=FIRST, fate="")
        if self.number in PARTLY and not self.ends:
            return
        self._claim(whole - whole * 6 // 10, at=LATE if fate else SECOND, fate=fate, is_final=True)
        if self.number in RECOVERED and not self.ends:
            self._recover(paid)
        if self.number in REVOKED and not self.ends:
            vouchers.revoke(
                voucher_id=self.voucher.pk,
                actor=self.people.lead.person,
                at=LATE,
                reason="The declaration on other funding was false.",
            )

    def _make_payable(self) -> None:
        """The SME's account, validated by a finance officer of the payer, once."""
        done = self.stage.notes.setdefault("payable", set())
        organisation = self.firm.organisation
        if organisation.pk not in done:
            done.add(organisation.pk)
            self.stage.account(
                organisation, actor=self.firm.person, checker=self.people.finance[4], at=STARTED
            )

    def _claim(self, net_cents: int, *, at: datetime, fate: str, is_final: bool = False) -> Claim:
        claim = claims.start(voucher_id=self.voucher.pk, actor=self.firm.person, at=at)
        claims.save(
            claim_id=claim.pk,
            actor=self.firm.person,
            at=at,
            delivered="The report and the measured figures are in the files.",
            delivered_on=at.date() - timedelta(days=12),
            invoice_number=f"{self.voucher.number[-6:]}-{claim.number}",
            invoice_date=at.date() - timedelta(days=10),
            vat_cents=net_cents * 21 // 100,
            is_final=is_final,
            has_no_other_funding=True,
            is_visible=True,
            lines=[claims.Line("Work as offered", net_cents * 7 // 10),
                   claims.Line("Material and tests", net_cents - net_cents * 7 // 10)],
        )  # fmt: skip
        if fate == "draft":
            return claim
        self._add_evidence(claim.pk, is_final=is_final, at=at)
        claims.submit(claim_id=claim.pk, actor=self.firm.person, at=at)
        self._follow(claim, fate=fate, at=at + timedelta(days=3))
        return claim

    def _add_evidence(self, claim_id: UUID, *, is_final: bool, at: datetime) -> None:
        stages = [EvidenceStage.CLAIM] + ([EvidenceStage.FINAL] if is_final else [])
        call = self.voucher.application.sme_call
        for item in EvidenceItem.objects.filter(sme_call=call, stage__in=stages):
            claims.add_evidence(
                claim_id=claim_id,
                item_id=item.pk,
                upload=(f"{item.title}.pdf", PDF, "application/pdf"),
                actor=self.firm.person,
                at=at,
            )

    def _follow(self, claim: Claim, *, fate: str, at: datetime) -> None:
        """Check, certify, pay; or stop where the fate says."""
        manager, officer = self.people.funds[0], self.people.finance[4]
        if fate == "submitted":
            return
        if fate == "withdrawn":
            claims.withdraw(claim_id=claim.pk, actor=self.firm.person, at=at)
            return
        if fate == "returned":
            reason = "The measured figures of the second month are missing."
            certification.send_back(claim_id=claim.pk, actor=manager, at=at, reason=reason)
            return
        self._decide(claim, at=at)
        certification.check(claim_id=claim.pk, actor=manager, at=at)
        if fate == "checked":
            return
        if fate == "rejected":
            reason = "The work began before the contract."
            certification.reject(claim_id=claim.pk, actor=officer, at=at, reason=reason)
            return
        certification.screen(
            claim_id=claim.pk, actor=officer, at=at, screened_on=at.date(), vat_seen_on=at.date()
        )
        certification.certify(claim_id=claim.pk, actor=officer, at=at + timedelta(days=1))
        self._pay(claim, fate=fate, at=at + timedelta(days=4))

    def _decide(self, claim: Claim, *, at: datetime) -> None:
        """All as claimed, but two vouchers where part of the material is cut."""
        cut: dict[UUID, int] = {}
        if self.number in CUT:
            line = claim.lines.order_by("-position")[0]
            cut = {line.pk: line.net_cents // 2}
        certification.decide_lines(
            claim_id=claim.pk,
            actor=self.people.funds[0],
            at=at,
            accepted_cents=cut,
            reasons=dict.fromkeys(cut, "Half of the material was for another product."),
        )

    def _pay(self, claim: Claim, *, fate: str, at: datetime) -> None:
        payment = Payment.objects.get(claim=claim)
        officers = self.people.finance[:4]
        steps = {"certified": 0, "prepared": 1, "approved": 2, "sent": 3}
        if fate in steps:
            order(payment, officers, at=at, steps=steps[fate])
            return
        if self.number in BOUNCED and claim.number == 1:
            pay(payment, officers, at=at, returned="AC04 closed account")
            payment = Payment.objects.get(claim=claim)
            at += timedelta(days=7)
        pay(payment, officers, at=at)

    def _recover(self, claim: Claim) -> None:
        """Found after payment: half of it was no support after all; in one call it came back."""
        first, second = self.people.finance[:2]
        claim.refresh_from_db()
        proposed = recovery.propose(
            claim_id=claim.pk,
            actor=first,
            at=LATE,
            amount_cents=(claim.accepted_cents or 0) // 2,
            reason="Half of the hours were paid by a regional voucher as well.",
        )
        decided = recovery.decide(recovery_id=proposed.pk, actor=second, at=LATE)
        if self.stage.notes["played"].index(self.voucher.grant) % 2 == 0:
            assert decided.payment is not None
            pay(decided.payment, self.people.finance[2:], at=LATE + timedelta(days=14))
