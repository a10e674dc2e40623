"""What one's own page shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.mfa.models import Authenticator
from django.urls import reverse
from django.utils.translation import gettext as _

from core.presentation.parts import Row
from parties.models import ExpertProfile
from parties.queries.desk import own_organisations
from parties.rules.days import day_of

if TYPE_CHECKING:
    from datetime import datetime

    from core.models import Person


def own_page(person: Person, *, at: datetime) -> dict[str, Any]:
    """Where the person belongs, whether a second factor protects the account, the profile."""
    factors = Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP)
    return {
        "rows": signing_in(person, has_second_factor=factors.exists()),
        "own": own_organisations(person, on_date=day_of(at)),
        "profile": ExpertProfile.objects.filter(person=person).first(),
    }


def signing_in(person: Person, *, has_second_factor: bool) -> list[Row]:
    """How the person signs in, each line with the way to change it."""
    factor = _("On: signing in asks for a code of your app") if has_second_factor else _("Off")
    change = _("Change")
    return [
        Row(_("Email"), person.email, reverse("account_email"), change),
        Row(_("Password"), "••••••••••••", reverse("account_change_password"), change),
        Row(_("Second factor"), factor, reverse("mfa_index"), change),
    ]
