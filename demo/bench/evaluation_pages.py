"""The pages of a call that is being evaluated, and who looks at them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from demo.bench.pages import DETAIL, HOME, LIST, NONE, SUBMISSION, Measured, Page, Work
from grants.queries.ranking import standing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from demo.bench.load import Load


def pages(load: Load) -> list[Measured]:
    """Lists, details and homes of an officer with all offices, an expert and an applicant."""
    return [
        *_lists(load),
        *_details(load),
        *_homes(load),
        _submission(load),
        Work("ranking, worked out anew", NONE, partial(standing, load.proposal.call)),
    ]


def _lists(load: Load) -> Iterator[Page]:
    call, officer = load.proposal.call_id, load.officer
    yield Page("call_desk", LIST, officer, _grants("call_desk"))
    for name in (
        "proposal_desk",
        "check_desk",
        "assignment_desk",
        "moderation_desk",
        "ranking_board",
    ):
        yield Page(name, LIST, officer, _grants(name, call))
    yield Page("waiting_list, officer", LIST, officer, reverse("workflows:waiting_list"))
    yield Page("individual_report_list", LIST, load.expert, _grants("individual_report_list"))
    yield Page("proposal_list", LIST, load.applicant, _grants("proposal_list"))
    yield Page("call_list, visitor", LIST, None, _grants("call_list"))


def _details(load: Load) -> Iterator[Page]:
    proposal = load.proposal.pk
    for name, key in (
        ("call_setup", load.proposal.call_id),
        ("proposal_check", proposal),
        ("assignment_proposal", proposal),
        ("consensus_detail", load.consensus.pk),
        ("individual_report_detail", load.report.pk),
    ):
        yield Page(name, DETAIL, load.officer, _grants(name, key))
    own_report = _grants("individual_report_detail", load.own_report.pk)
    yield Page("own report, expert", DETAIL, load.expert, own_report)
    for name in ("proposal_page", "proposal_submit"):
        yield Page(name, DETAIL, load.applicant, _grants(name, load.complete.pk))


def _homes(load: Load) -> Iterator[Page]:
    url = reverse("workflows:home_page")
    yield Page("home, officer", HOME, load.officer, url)
    yield Page("home, expert", HOME, load.expert, url)
    yield Page("home, applicant", HOME, load.applicant, url)


def _submission(load: Load) -> Page:
    """With its mails and its receipt, which here are made before the answer."""
    url = _grants("proposal_submit", load.complete.pk)
    return Page("submission with receipt", SUBMISSION, load.applicant, url, post=True)


def _grants(name: str, *args: Any) -> str:
    return reverse(f"grants:{name}", args=args)
