"""A partner's financial statement: lines, currency, certificate, signature."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.forms import model_to_dict
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core import clock
from core.documents import respond
from core.web import Request, perform, save_form, signed_in
from grants.actions import statement as actions
from grants.forms.report import CertificateForm, CostLineForm, TermsForm
from grants.models import CostLine, Statement
from grants.queries import report_page
from grants.queries.report_figures import statement_rows
from grants.views.periodic_report import WRITABLE, the_report
from parties.rules.days import day_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse, HttpResponseBase

WRITERS = {"FSIGN", "FM", "FO"}
TERMS = ["currency", "rate_millionths", "audited_cents"]


def the_statement(request: Request, pk: UUID) -> Statement:
    """The statement if this person may see its report."""
    rows = Statement.objects.select_related("beneficiary__organisation", "certificate")
    statement = get_object_or_404(rows, pk=pk)
    statement.report = the_report(request, statement.report_id)
    return statement


def _context(request: Request, statement: Statement) -> dict[str, Any]:
    roles = report_page.roles_for(statement, request.user, on=day_of(clock.now()))
    open_ = statement.report.state in WRITABLE
    signed = statement.signed_at is not None
    rows = statement_rows(statement.report)
    return {
        "statement": statement,
        "report": statement.report,
        "grant": statement.report.grant,
        "row": next(row for row in rows if row.statement.pk == statement.pk),
        "facts": report_page.statement_facts(
            next(row for row in rows if row.statement.pk == statement.pk)
        ),
        "paper": report_page.signed_paper(statement),
        "lines": statement.lines.order_by("category", "description", "pk"),
        "can_write": open_ and not signed and bool(roles & WRITERS),
        "can_sign": open_ and not signed and "FSIGN" in roles,
        "can_take_back": open_ and signed and "FSIGN" in roles,
    }


def _writable(request: Request, pk: UUID) -> tuple[Statement, dict[str, Any]]:
    statement = the_statement(request, pk)
    context = _context(request, statement)
    if not context["can_write"]:
        raise Http404
    return statement, context


def _to(pk: UUID) -> str:
    return reverse("grants:statement_detail", args=[pk])


@signed_in
def statement_detail(request: Request, pk: UUID) -> HttpResponse:
    """The lines of the statement, and a form for one more."""
    context = _context(request, the_statement(request, pk))
    if request.method == "POST" and not context["can_write"]:
        raise Http404
    return save_form(
        request,
        CostLineForm(request.POST or None),
        actions.add_line,
        to=_to(pk),
        template="grants/statement_detail.html",
        context=context,
        message=_("The cost has been added."),
        statement_id=pk,
    )


@signed_in
def statement_terms(request: Request, pk: UUID) -> HttpResponse:
    """Currency, rate and audited amounts."""
    statement, context = _writable(request, pk)
    return save_form(
        request,
        TermsForm(request.POST or None, initial=model_to_dict(statement, TERMS)),
        actions.save_terms,
        to=_to(pk),
        template="grants/statement_terms.html",
        context=context,
        statement_id=pk,
    )


@signed_in
def statement_certificate(request: Request, pk: UUID) -> HttpResponse:
    """Add the auditor's certificate."""
    _statement, context = _writable(request, pk)
    return save_form(
        request,
        CertificateForm(request.POST or None, request.FILES or None),
        actions.add_certificate,
        to=_to(pk),
        template="grants/statement_certificate.html",
        context=context,
        message=_("The certificate has been added."),
        statement_id=pk,
    )


@signed_in
def statement_certificate_file(request: Request, pk: UUID) -> HttpResponseBase:
    """The certificate as a file."""
    statement = the_statement(request, pk)
    if statement.certificate is None:
        raise Http404
    return respond(statement.certificate)


@signed_in
@require_POST
def cost_line_remove(request: Request, pk: UUID, line_id: UUID) -> HttpResponse:
    """Take a cost out."""
    statement = the_statement(request, pk)
    line = get_object_or_404(CostLine, pk=line_id, statement=statement)
    message = _("The cost has been taken out.")
    return perform(request, actions.remove_line, to=_to(pk), message=message, line_id=line.pk)


@signed_in
@require_POST
def statement_sign(request: Request, pk: UUID) -> HttpResponse:
    """Sign for the partner."""
    statement = the_statement(request, pk)
    message = _("The statement is signed.")
    return perform(
        request, actions.sign_statement, to=_to(pk), message=message, statement_id=statement.pk
    )


@signed_in
@require_POST
def statement_take_back(request: Request, pk: UUID) -> HttpResponse:
    """Take the signature back."""
    statement = the_statement(request, pk)
    message = _("The signature has been taken back.")
    return perform(
        request, actions.take_back, to=_to(pk), message=message, statement_id=statement.pk
    )
