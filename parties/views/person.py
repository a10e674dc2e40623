"""One's own things: name, account, expert profile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth import logout
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core import clock
from core.errors import DomainError
from core.web import refused, save_form, signed_in
from parties.actions import expert as experts
from parties.actions import person as actions
from parties.forms.person import EmploymentForm, ExpertForm, NameForm
from parties.queries.expert import employments_of, profile_initial
from parties.queries.person import own_page

if TYPE_CHECKING:
    from django.http import HttpResponse

    from core.web import Request


@signed_in
@require_http_methods(["GET", "POST"])
def person_detail(request: Request) -> HttpResponse:
    """My name, how I sign in, where I belong."""
    return save_form(
        request,
        NameForm(request.POST or None, initial={"full_name": request.user.full_name}),
        actions.change_name,
        to="parties:person_detail",
        template="parties/person_detail.html",
        context=own_page(request.user, at=clock.now()),
    )


@signed_in
@require_POST
def person_close(request: Request) -> HttpResponse:
    """Close my account; what I did stays with my name."""
    person, reason = request.user, request.POST.get("reason", "")
    try:
        actions.deactivate(person_id=person.pk, actor=person, at=clock.now(), reason=reason)
    except DomainError as refusal:
        return refused(request, refusal, back="parties:person_detail")
    logout(request)
    return redirect("account_inactive")


@signed_in
@require_http_methods(["GET", "POST"])
def expert_edit(request: Request) -> HttpResponse:
    """My expert profile."""
    return save_form(
        request,
        ExpertForm(request.POST or None, initial=profile_initial(request.user)),
        experts.save_profile,
        to="parties:expert_edit",
        template="parties/expert_form.html",
        context={
            "employments": employments_of(request.user),
        },
    )


@signed_in
@require_http_methods(["GET", "POST"])
def employment_add(request: Request) -> HttpResponse:
    """Where I work or worked, for the check of conflicts of interest."""
    return save_form(
        request,
        EmploymentForm(request.POST or None),
        experts.add_employment,
        to="parties:expert_edit",
        template="parties/employment_form.html",
        message=_("Written down."),
    )
