"""Letters about a proposal with the dates that follow from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from grants.queries.proposal_files import letters_of
from grants.queries.summary import OUTCOMES, summary_report
from grants.rules.deadline import received_on, redress_ends
from parties.rules.days import day_of

if TYPE_CHECKING:
    from datetime import date

    from grants.models import Letter, Proposal

# A review may be asked for against these.
REFUSALS = frozenset({"inadmissible", "ineligible", "below_threshold", "no_budget", "reserve_list"})


@dataclass(frozen=True, slots=True)
class ShownLetter:
    """A letter; when it counts as received; the last day for a review, if one is possible."""

    letter: Letter
    received_on: date
    redress_until: date | None


def shown_letters(proposal: Proposal) -> list[ShownLetter]:
    """All letters, the last first: one statement."""
    return [_shown(letter, proposal=proposal) for letter in letters_of(proposal)]


def has_report(proposal: Proposal) -> bool:
    """Whether the evaluation's report may be read: its letter was opened and it is printed."""
    told = proposal.letters.filter(opened_at__isnull=False, kind__in=OUTCOMES)
    return told.exists() and summary_report(proposal) is not None


def _shown(letter: Letter, *, proposal: Proposal) -> ShownLetter:
    call = proposal.call
    sent = day_of(letter.sent_at)
    opened = day_of(letter.opened_at) if letter.opened_at else None
    until = redress_ends(
        sent=sent,
        opened=opened,
        unopened_days=call.unopened_days,
        redress_days=call.redress_days,
    )
    return ShownLetter(
        letter=letter,
        received_on=received_on(sent=sent, opened=opened, unopened_days=call.unopened_days),
        redress_until=until if letter.kind in REFUSALS else None,
    )
