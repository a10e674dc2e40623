"""Addresses of periodic reports and financial statements."""

from django.urls import path

from grants.views import periodic_report as report
from grants.views import statement

urlpatterns = [
    path(
        "periodic-reports/<uuid:pk>/", report.periodic_report_detail, name="periodic_report_detail"
    ),
    path(
        "periodic-reports/<uuid:pk>/do/<slug:event>/",
        report.periodic_report_event,
        name="periodic_report_event",
    ),
    path(
        "periodic-reports/<uuid:pk>/text/",
        report.periodic_report_summary,
        name="periodic_report_summary",
    ),
    path(
        "periodic-reports/<uuid:pk>/hand-in/",
        report.periodic_report_submit,
        name="periodic_report_submit",
    ),
    path(
        "periodic-reports/<uuid:pk>/assess/",
        report.periodic_report_assess,
        name="periodic_report_assess",
    ),
    path("statements/<uuid:pk>/", statement.statement_detail, name="statement_detail"),
    path("statements/<uuid:pk>/currency/", statement.statement_terms, name="statement_terms"),
    path(
        "statements/<uuid:pk>/certificate/",
        statement.statement_certificate,
        name="statement_certificate",
    ),
    path(
        "statements/<uuid:pk>/certificate/file/",
        statement.statement_certificate_file,
        name="statement_certificate_file",
    ),
    path("statements/<uuid:pk>/sign/", statement.statement_sign, name="statement_sign"),
    path(
        "statements/<uuid:pk>/take-back/",
        statement.statement_take_back,
        name="statement_take_back",
    ),
    path(
        "statements/<uuid:pk>/lines/<uuid:line_id>/remove/",
        statement.cost_line_remove,
        name="cost_line_remove",
    ),
]
