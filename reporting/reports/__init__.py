"""All reports by slug."""

from reporting.reports import audit, lists
from reporting.reports.base import Report

REPORTS: dict[str, Report] = {report.slug: report for report in (*audit.REPORTS, *lists.REPORTS)}
