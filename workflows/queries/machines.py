"""The state machines as pictures and pages, read from the lifecycles themselves."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from core.lifecycle import arrows
from grants.lifecycle.call import CallLifecycle
from grants.lifecycle.consensus import ConsensusLifecycle
from grants.lifecycle.grant import GrantLifecycle
from grants.lifecycle.individual_report import IndividualReportLifecycle
from grants.lifecycle.payment import PaymentLifecycle
from grants.lifecycle.proposal import ProposalLifecycle
from grants.lifecycle.report import PeriodicReportLifecycle
from grants.models import (
    Call,
    Consensus,
    Grant,
    IndividualReport,
    Payment,
    PeriodicReport,
    Proposal,
)
from parties.lifecycle.bank_account import BankAccountLifecycle
from parties.lifecycle.invitation import InvitationLifecycle
from parties.models import BankAccount, Invitation
from vouchers.lifecycle.application import ApplicationLifecycle
from vouchers.lifecycle.claim import ClaimLifecycle
from vouchers.lifecycle.sme_call import SmeCallLifecycle
from vouchers.lifecycle.voucher import VoucherLifecycle
from vouchers.models import Application, Claim, SmeCall, Voucher
from workflows.queries.drawn import picture
from workflows.rules.layout import Edge, Node

if TYPE_CHECKING:
    from core.lifecycle import Arrow

MACHINES: dict[str, tuple[Any, Any]] = {
    "call": (Call, CallLifecycle),
    "proposal": (Proposal, ProposalLifecycle),
    "individual-report": (IndividualReport, IndividualReportLifecycle),
    "consensus": (Consensus, ConsensusLifecycle),
    "grant": (Grant, GrantLifecycle),
    "periodic-report": (PeriodicReport, PeriodicReportLifecycle),
    "payment": (Payment, PaymentLifecycle),
    "sme-call": (SmeCall, SmeCallLifecycle),
    "application": (Application, ApplicationLifecycle),
    "voucher": (Voucher, VoucherLifecycle),
    "claim": (Claim, ClaimLifecycle),
    "bank-account": (BankAccount, BankAccountLifecycle),
    "invitation": (Invitation, InvitationLifecycle),
}
MANY = 3
WIDE, NARROW, LINE, BOX = 76, 64, 14, 34  # letters in tenths of a pixel


@dataclass(frozen=True, slots=True)
class Machine:
    """One aggregate's states and moves; the first state is the initial one."""

    slug: str
    title: str
    states: dict[str, str]
    arrows: list[Arrow]

    @property
    def finals(self) -> set[str]:
        """States that no move leaves."""
        return set(self.states) - {arrow.source for arrow in self.arrows}


def machines() -> list[Machine]:
    """All of them, in the order of the road."""
    return [_machine(slug, *pair) for slug, pair in MACHINES.items()]


def _machine(slug: str, model: Any, lifecycle: Any) -> Machine:
    initial = str(model._meta.get_field("state").default)
    labels = {str(state.value): str(state.label) for state in model.State}
    states = {initial: labels[initial]} | labels
    return Machine(slug, slug.replace("-", " ").capitalize(), states, arrows(lifecycle))


def who(arrow: Arrow) -> str:
    """Permission in words: the lifecycle's own name for it."""
    words = arrow.permission.replace("system_only", "clock").removeprefix("is_")
    return words.replace("_or_is_", "_or_").replace("_", " ")


def svg(machine: Machine) -> str:
    """The picture: an event that many states share is noted in its target, not drawn."""
    shared, drawn, loops = _sorted(machine)
    notes: defaultdict[str, list[str]] = defaultdict(list)
    for arrow in loops:
        notes[arrow.source].append(f"↻ {_says(arrow)}")
    for (_event, target), found in shared.items():
        notes[target].append(f"{_says(found[0])} from {len(found)} states")
    boxes = [_box(name, label, notes[name]) for name, label in machine.states.items()]
    return picture(machine, boxes=boxes, edges=_edges(drawn), notes=notes)


def _says(arrow: Arrow) -> str:
    return f"{arrow.event.replace('_', ' ')} · {who(arrow)}"


def _sorted(
    machine: Machine,
) -> tuple[dict[tuple[str, str], list[Arrow]], list[Arrow], list[Arrow]]:
    by_end: defaultdict[tuple[str, str], list[Arrow]] = defaultdict(list)
    for arrow in machine.arrows:
        by_end[arrow.event, arrow.target].append(arrow)
    loops = [arrow for arrow in machine.arrows if arrow.source == arrow.target]
    shared = {
        end: found
        for end, found in by_end.items()
        if len([arrow for arrow in found if arrow not in loops]) >= MANY
    }
    drawn = [
        arrow
        for arrow in machine.arrows
        if arrow not in loops and (arrow.event, arrow.target) not in shared
    ]
    return shared, drawn, loops


def _box(name: str, label: str, notes: list[str]) -> Node:
    width = max([WIDE * len(label), *(NARROW * len(note) for note in notes)]) // 10 + 24
    return Node(name, width, BOX + LINE * len(notes))


def _edges(drawn: list[Arrow]) -> list[Edge]:
    """One arrow for each pair of states, with a line for each event."""
    words: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for arrow in drawn:
        words[arrow.source, arrow.target].append(_says(arrow))
    return [
        Edge(source, target, said, max(NARROW * len(line) for line in said) // 10)
        for (source, target), said in words.items()
    ]


def page(found: list[Machine]) -> str:
    """docs/state-machines.md."""
    head = (
        "# State machines\n\n"
        "Made by `./run manage draw_states` from the lifecycles; a test keeps it current. "
        "A double line is a final state, a dashed arrow leads back. On an arrow stands the event "
        "and who may cause it; `clock` is the system itself. An event that leads to one state from "
        "three others or more is written into that state's box.\n"
    )
    return "\n".join([head, *(_chapter(machine) for machine in found)])


def _chapter(machine: Machine) -> str:
    rows = [
        f"| {machine.states[arrow.source]} | {arrow.event} | {machine.states[arrow.target]} "
        f"| {who(arrow)} | {', '.join(arrow.conditions).replace('_', ' ') or '–'} |"
        for arrow in machine.arrows
    ]
    ends = ", ".join(machine.states[state] for state in machine.states if state in machine.finals)
    return "\n".join(
        [
            f"## {machine.title}\n",
            f"![States of: {escape(machine.title)}](state-machines/{machine.slug}.svg)\n",
            f"Final: {ends or 'none'}.\n",
            "| From | Event | To | Who | Conditions |",
            "|---|---|---|---|---|",
            *rows,
            "",
        ]
    )
