"""Files that come with a form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core import clock
from core.web import refusals_in

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from core.web import Request
    from vouchers.forms.evidence import EvidenceForm


def keep_files(
    request: Request, form: EvidenceForm, add: Callable[..., Any], **record: UUID
) -> None:
    """Keep each file that was accepted, also when something else in the form was refused.

    A browser forgets the files of a form that comes back, so they would have to be chosen again.
    """
    form.full_clean()
    with refusals_in(form):
        for item_id, upload in form.uploads.items():
            add(item_id=item_id, upload=upload, actor=request.user, at=clock.now(), **record)
