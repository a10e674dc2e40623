"""All reports by slug."""

from reporting.reports import aid, audit, lists, open_balances
from reporting.reports.base import Report

_ALL = (*audit.REPORTS, *lists.REPORTS, *open_balances.REPORTS, *aid.REPORTS)
REPORTS: dict[str, Report] = {report.slug: report for report in _ALL}
