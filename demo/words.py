"""Texts of real length for invented proposals, reports and plans."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

OPENERS = (
    "Small firms in the {craft} value chain of {countries} told our clusters what holds them back.",
    "The partners asked 212 firms in {countries} before a line of this proposal was written.",
    "Between 2019 and 2021 our members lost a fifth of their orders when one supplier failed.",
)
BODIES = (
    (
        "Seven in ten have no plan for the day a key supplier or a grid connection drops out."
        " We train four advisers per region, publish one open template, and pay for the first"
        " plan of each firm."
    ),
    (
        "Green vouchers pay for an energy audit, a metering plan and a material test by a "
        "provider that the firm chooses from an open catalogue; no partner delivers a service"
        " itself."
    ),
    (
        "Digital vouchers of a fixed amount pay for one defined result: a working data link "
        "between two machines, a tested backup, or a first product passport."
    ),
    (
        "Every SME call is open for at least two months, has its criteria published on the "
        "first day, and is scored by two people from another country than the applicant's."
    ),
    (
        "Amounts are fixed before the call opens. A firm and its linked enterprises together "
        "receive at most EUR 60,000 over the whole project, and each invoice counts once."
    ),
    (
        "The coordinator pays within fourteen days of a certified claim. A second pair of "
        "eyes certifies, a third approves the payment, and a fourth person sends it."
    ),
    (
        "Risks are kept in one register that the partners read every month; the three largest"
        " are slow uptake in the first year, price rises of test services, and staff turnover"
        " in a small partner."
    ),
    (
        "Results are measured by what firms do differently twelve months later, not by how "
        "many came to an event; the figures are published with their method, including the "
        "disappointing ones."
    ),
)


def section(die: random.Random, *, craft: str, countries: str, paragraphs: int = 3) -> str:
    """Some paragraphs about a craft; the same die says the same again."""
    opener = die.choice(OPENERS).format(craft=craft.lower(), countries=countries)
    return "\n\n".join([opener, *die.sample(BODIES, paragraphs)])


COMMENTS = (
    "The needs are shown with figures from the firms themselves; the link to {criterion} is clear.",
    "Convincing on {criterion}. The weaker point is how results reach firms outside the clusters.",
    "On {criterion} the proposal says what will be done but less about who decides when it slips.",
    "Good grasp of {criterion}; milestones can be checked and the amounts per firm are realistic.",
    "{criterion} is treated in general terms; the regions differ more than the text admits.",
)


def comment(die: random.Random, criterion: str) -> str:
    """One expert's words on one criterion."""
    return die.choice(COMMENTS).format(criterion=criterion)
