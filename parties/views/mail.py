"""Messages: every mail that was sent to me; in the demonstration also everybody's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from core import clock
from core.models import Mail
from core.web import signed_in
from parties.actions.mail import mark_opened
from parties.queries import mails_of
from parties.queries.desk import mail_table

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from core.web import Request

PAGE_ROWS = 50


@signed_in
@require_safe
def mail_list(request: Request) -> HttpResponse:
    """Every message that was sent to me, newest first."""
    mails = Paginator(mails_of(request.user), PAGE_ROWS).get_page(request.GET.get("page"))
    table = mail_table(list(mails), url_name="parties:mail_detail")
    return render(request, "parties/mail_list.html", {"mails": mails, "table": table})


@signed_in
@require_safe
def mail_detail(request: Request, pk: UUID) -> HttpResponse:
    """One message to me, as it was sent."""
    mail = get_object_or_404(mails_of(request.user), pk=pk)
    mark_opened(mail, at=clock.now())
    return render(request, "parties/mail_detail.html", {"mail": mail, "back": "parties:mail_list"})


@signed_in
@require_safe
def outbox_list(request: Request) -> HttpResponse:
    """In the demonstration: every message to anybody, since no mail leaves the machine."""
    mails = Paginator(_outbox(), PAGE_ROWS).get_page(request.GET.get("page"))
    table = mail_table(list(mails), url_name="parties:outbox_detail", with_recipient=True)
    context = {"mails": mails, "table": table, "is_outbox": True}
    return render(request, "parties/mail_list.html", context)


@signed_in
@require_safe
def outbox_detail(request: Request, pk: UUID) -> HttpResponse:
    """In the demonstration: one message to anybody."""
    mail = get_object_or_404(_outbox(), pk=pk)
    context = {"mail": mail, "back": "parties:outbox_list"}
    return render(request, "parties/mail_detail.html", context)


def _outbox() -> QuerySet[Mail]:
    if not settings.DEMO:
        raise Http404
    return Mail.objects.order_by("-written_at", "-pk")
