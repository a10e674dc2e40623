"""Writing one part of a proposal; it saves itself and says when."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404

from core import clock
from core.drafts import autosave, saves_itself
from core.web import Request, save_form, signed_in
from grants.actions.proposal import save_section
from grants.forms.proposal import SectionForm
from grants.queries import proposal_pages as pages
from grants.views.proposal import own

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse


@signed_in
def section_edit(request: Request, pk: UUID, code: str) -> HttpResponse:
    """The text of one part, with its limit."""
    proposal = own(request, pk)
    part = get_object_or_404(proposal.call.section_templates, code=code)
    context = pages.section_context(proposal, part, at=clock.now())
    form = SectionForm(request.POST or None, part=part, initial=context["initial"])
    save, to = partial(save_section, pk, part=part), pages.next_section_url(proposal, part)
    if saves_itself(request):
        return autosave(request, form, save, template="grants/section_saved.html")
    return save_form(
        request, form, save, to=to, template="grants/section_edit.html", context=context
    )
