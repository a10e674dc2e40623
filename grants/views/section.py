"""Writing one part of a proposal; it saves itself and says when."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from core import clock
from core.errors import DomainError, NotAllowed
from core.web import Request, save_form, signed_in
from grants.actions.proposal import save_section
from grants.forms.proposal import SectionForm
from grants.queries import proposal_pages as pages
from grants.views.proposal import own

if TYPE_CHECKING:
    from uuid import UUID

    from grants.models import Proposal, SectionTemplate


@signed_in
def section_edit(request: Request, pk: UUID, code: str) -> HttpResponse:
    """The text of one part, with its limit."""
    proposal = own(request, pk)
    part = get_object_or_404(proposal.call.section_templates, code=code)
    context = pages.section_context(proposal, part, at=clock.now())
    form = SectionForm(request.POST or None, part=part, initial=context["initial"])
    if request.headers.get("HX-Request"):
        return _autosave(request, form, proposal, part)
    save, to = partial(save_section, pk, part=part), pages.next_section_url(proposal, part)
    return save_form(
        request, form, save, to=to, template="grants/section_edit.html", context=context
    )


def _autosave(
    request: Request, form: SectionForm, proposal: Proposal, part: SectionTemplate
) -> HttpResponse:
    """Save while writing; a refusal is said beside the form, and the text stays in it."""
    if not form.is_valid():
        return HttpResponse(status=422)
    at = clock.now()
    try:
        saved = save_section(proposal.pk, part=part, actor=request.user, at=at, **form.cleaned_data)
    except NotAllowed as error:
        raise Http404 from error
    except DomainError as refusal:
        return HttpResponse(str(refusal), status=409)
    return render(request, "grants/section_saved.html", {"at": at, "revision": saved.revision})
