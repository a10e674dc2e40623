"""The pages that are measured, and who looks at them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from demo.bench import meter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.models import Person
    from demo.bench.load import Load
    from demo.bench.meter import Cost


@dataclass(frozen=True, slots=True)
class Aim:
    """At most so many statements and so much processor time; None is no aim."""

    statements: int | None = None
    cpu_ms: int | None = None


LIST, DETAIL, HOME, SUBMISSION = Aim(25, 60), Aim(20), Aim(25), Aim(None, 300)


@dataclass(frozen=True, slots=True)
class Page:
    """``who`` None is a visitor. A ``post`` is answered by a redirection."""

    name: str
    aim: Aim
    who: Person | None
    url: str
    post: bool = False

    def measure(self) -> Cost:
        client = meter.browser(self.who)
        if self.post:
            return meter.cost(lambda: client.post(self.url), status=302)
        return meter.cost(lambda: client.get(self.url))


def pages(load: Load) -> list[Page]:
    """Lists, details and homes of an officer with all offices, an expert and an applicant."""
    return [*_lists(load), *_details(load), *_homes(load), _submission(load)]


def _lists(load: Load) -> Iterator[Page]:
    call = load.proposal.call_id
    for name, at in (
        ("call_desk", []),
        ("proposal_desk", [call]),
        ("check_desk", [call]),
        ("assignment_desk", [call]),
        ("moderation_desk", [call]),
        ("ranking_board", [call]),
    ):
        yield Page(name, LIST, load.officer, _grants(name, *at))
    yield Page("waiting_list, officer", LIST, load.officer, reverse("workflows:waiting_list"))
    yield Page("individual_report_list", LIST, load.expert, _grants("individual_report_list"))
    yield Page("proposal_list", LIST, load.applicant, _grants("proposal_list"))
    yield Page("call_list, visitor", LIST, None, _grants("call_list"))


def _details(load: Load) -> Iterator[Page]:
    proposal = load.proposal.pk
    yield Page("proposal_check", DETAIL, load.officer, _grants("proposal_check", proposal))
    yield Page(
        "assignment_proposal", DETAIL, load.officer, _grants("assignment_proposal", proposal)
    )
    yield Page(
        "consensus_detail",
        DETAIL,
        load.officer,
        _grants("consensus_detail", load.consensus.pk),
    )
    yield Page(
        "individual_report_detail",
        DETAIL,
        load.officer,
        _grants("individual_report_detail", load.report.pk),
    )
    yield Page(
        "own report, expert",
        DETAIL,
        load.expert,
        _grants("individual_report_detail", load.own_report.pk),
    )
    yield Page("proposal_page", DETAIL, load.applicant, _grants("proposal_page", load.complete.pk))
    yield Page(
        "proposal_submit", DETAIL, load.applicant, _grants("proposal_submit", load.complete.pk)
    )


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
