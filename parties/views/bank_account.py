"""Bank accounts: proposed by the organisation, judged at the accounting side's desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.decorators import reauthentication_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import clock
from core.lifecycle import available
from core.web import perform, save_form, signed_in
from parties.actions import bank_account as actions
from parties.forms.bank_account import BankAccountForm
from parties.lifecycle import BankAccountLifecycle
from parties.queries import desk
from parties.views.found import account_in_sight, organisation_with, today

if TYPE_CHECKING:
    from uuid import UUID

    from core.web import Request


@signed_in
@require_safe
def bank_account_list(request: Request) -> HttpResponse:
    """Accounts that wait for my validation; there is no such desk outside the accounting side."""
    if not desk.is_accounting_side(request.user, on_date=today()):
        raise Http404
    context = {"waiting": desk.accounts_waiting(request.user, on_date=today())}
    return render(request, "parties/bank_account_list.html", context)


@signed_in
@require_safe
def bank_account_detail(request: Request, pk: UUID) -> HttpResponse:
    """One account with its history and what I may do with it."""
    account = account_in_sight(request, pk)
    lifecycle = BankAccountLifecycle(account, at=clock.now())
    context = {
        "account": account,
        "events": available(lifecycle, request.user),
        "rows": desk.account_rows(account),
        "steps": desk.account_steps(account),
        "holder_differs": desk.holder_differs(account),
    }
    return render(request, "parties/bank_account_detail.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
@reauthentication_required(allow_get=True)  # type: ignore[untyped-decorator]  # allauth has no types
def bank_account_propose(request: Request, pk: UUID) -> HttpResponse:
    """Propose an account for an organisation whose money I handle; the password is asked again."""
    organisation, _rights = organisation_with(request, pk, right="handles_money")
    return save_form(
        request,
        BankAccountForm(request.POST or None, initial={"holder": organisation.legal_name}),
        actions.propose,
        to=organisation,
        template="parties/bank_account_form.html",
        context={"organisation": organisation},
        message=_("Proposed. An officer of the accounting side validates the account."),
        organisation_id=organisation.pk,
    )


@signed_in
@require_POST
def bank_account_do(request: Request, pk: UUID, event: str) -> HttpResponse:
    """One event of one account."""
    account = account_in_sight(request, pk)
    if event not in actions.EVENTS:
        raise Http404
    reason = request.POST.get("reason", "")
    return perform(request, actions.EVENTS[event], to=account, account_id=account.pk, reason=reason)
