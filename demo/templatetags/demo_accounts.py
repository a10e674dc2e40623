"""The demonstration's accounts, shown on its sign-in page and nowhere else."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from core.models import Person
from demo.stage import DOMAIN, PASSWORD

register = template.Library()
ROLES = {
    "applicant": _("Applicant"),
    "evaluator": _("Evaluator"),
    "officer": _("Programme officer"),
    "authorising": _("Authorising officer"),
    "funds": _("Fund manager"),
    "sme": _("SME"),
    "finance": _("Finance officer"),
    "auditor": _("Auditor"),
}


@register.inclusion_tag("demo/accounts.html")
def demo_accounts() -> dict[str, Any]:
    """One account for each role that exists; none outside the demonstration."""
    if not settings.DEMO:
        return {"accounts": []}
    emails = {f"{mailbox}@{DOMAIN}": role for mailbox, role in ROLES.items()}
    found = set(Person.objects.filter(email__in=emails).values_list("email", flat=True))
    accounts = [{"role": role, "email": email} for email, role in emails.items() if email in found]
    return {"accounts": accounts, "password": PASSWORD}
