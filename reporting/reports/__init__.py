"""All reports by slug."""

from reporting.reports import audit, lists, open_balances
from reporting.reports.base import Report

_ALL = (*audit.REPORTS, *lists.REPORTS, *open_balances.REPORTS)
REPORTS: dict[str, Report] = {report.slug: report for report in _ALL}
