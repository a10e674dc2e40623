"""The table at the end, read back from the ledger by queries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from core.models import Document, Job, Mail
from core.presentation.formats import money, share, share_of
from demo.stage import DOMAIN, PASSWORD
from grants.models import Grant
from ledger import api as ledger

if TYPE_CHECKING:
    from collections.abc import Iterator

LOGINS = (
    ("applicant", "writes, signs, reports"),
    ("evaluator", "declares, marks, agrees"),
    ("officer", "checks, assigns, assesses"),
    ("authorising", "publishes, awards, signs"),
    ("funds", "runs SME calls, checks claims"),
    ("sme", "applies, uses vouchers, claims"),
    ("finance", "certifies, pays (finance2 … finance5 are the other eyes)"),
    ("auditor", "reads everything"),
)
HEAD = (
    f"{'Grant':<34} {'State':<22} {'Maximum':>14} {'Planned':>9} {'Committed':>14} "
    f"{'Paid':>14} {'Accepted':>14} {'Share':>9}"
)


def lines() -> Iterator[str]:
    """The lines of the table; every figure comes from the ledger's entries."""
    rows = list(Grant.objects.filter(book__isnull=False).select_related("book", "proposal"))
    figures = ledger.share_figures_of([row.book for row in rows if row.book])
    yield HEAD
    yield "─" * len(HEAD)
    for row in sorted(rows, key=lambda grant: grant.number):
        if row.book_id:
            yield _line(row, figures[row.book_id])
    broken = ledger.invariants()
    yield ""
    yield f"Grants: {len(rows)}. Invariants of the ledger: {broken or 'all hold'}."
    done = Job.objects.filter(status=Job.Status.DONE).count()
    open_jobs = Job.objects.exclude(status=Job.Status.DONE).count()
    yield (
        f"Documents kept: {Document.objects.count()} under {settings.MEDIA_ROOT}. "
        f"Mails: {Mail.objects.count()}. Jobs done: {done}, open: {open_jobs}."
    )
    yield ""
    yield f"Sign in with the password {PASSWORD} as"
    for mailbox, does in LOGINS:
        yield f"  {mailbox + '@' + DOMAIN:<42} {does}"


def _line(grant: Grant, figures: ledger.ShareFigures) -> str:
    accepted = figures.accepted
    whole = accepted.sme + accepted.coordination
    return (
        f"{grant.number + ' ' + grant.proposal.acronym:<34.34} {grant.get_state_display():<22.22} "
        f"{money(grant.grant_max_cents):>14} "
        f"{share(share_of(figures.planned.sme, grant.grant_max_cents)):>9} "
        f"{money(figures.committed.sme):>14} {money(figures.paid.sme):>14} "
        f"{money(accepted.sme):>14} {share(share_of(accepted.sme, whole)) if whole else '–':>9}"
    )
