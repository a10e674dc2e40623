"""How signing in is fitted to this house: mails go through the job table, words are its own.

Answers and work are the same for known and unknown addresses.
"""

# mypy: disable-error-code="misc"
# (django-allauth ships no types: its adapters are Any to the checker)

from __future__ import annotations

import base64
import hashlib
import secrets
import uuid
from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import clock
from parties import notices

if TYPE_CHECKING:
    from django.forms import BaseForm
    from django.http import HttpRequest, HttpResponse
    from django.utils.functional import Promise

    from core.models import Person

CODE, PLAIN = "code", "notice"
# Mail of the library: our template, its subject, and what it says.
MAILS: dict[str, tuple[str, str | Promise, str | Promise]] = {
    "email_confirmation_signup": (
        CODE,
        _("Your code to finish your account"),
        _("Type this code on the page where you created your account."),
    ),
    "email_confirmation": (
        CODE,
        _("Your code to confirm this address"),
        _("Type this code on the page where you changed your address."),
    ),
    "password_reset_code": (
        CODE,
        _("Your code to set a new password"),
        _("Type this code on the page where you asked for a new password."),
    ),
    "account_already_exists": (
        "exists",
        _("You have an account already"),
        _("Somebody, probably you, tried to create an account with this address."),
    ),
    "unknown_account": (
        "unknown",
        _("There is no account with this address"),
        _("Somebody, probably you, asked for a new password for this address."),
    ),
    "password_changed": (
        PLAIN,
        _("Your password was changed"),
        _("The password of your account was changed."),
    ),
    "password_set": (
        PLAIN,
        _("Your password was set"),
        _("A password was set for your account."),
    ),
    "password_reset": (
        PLAIN,
        _("Your password was reset"),
        _("A new password was set for your account with a code sent to this address."),
    ),
    "email_changed": (
        PLAIN,
        _("Your address was changed"),
        _("Your account now has another email address."),
    ),
    "totp_activated": (
        PLAIN,
        _("A second factor protects your account"),
        _("Signing in now asks for a code of your app."),
    ),
    "totp_deactivated": (
        PLAIN,
        _("The second factor was taken away"),
        _("Signing in no longer asks for a code of your app."),
    ),
    "recovery_codes_generated": (
        PLAIN,
        _("New recovery codes"),
        _("New recovery codes were made for your account; the old ones no longer work."),
    ),
}
# What the library says on the page after an act; what is not named here is not said.
SAID: dict[str, str | Promise] = {
    "logged_out": _("You are signed out."),
    "email_confirmed": _("Your address is confirmed."),
    "email_confirmation_sent": _("A code is on its way to your address."),
    "password_changed": _("Your new password is set."),
    "totp_activated": _("The second factor is on."),
    "totp_deactivated": _("The second factor is off."),
    "recovery_codes_generated": _("Here are your new recovery codes."),
}


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up, sign-in and passwords by email, with mails through `core.mail`."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _(
            "Email and password do not belong together. Check both, or choose a new password."
        ),
        "too_many_login_attempts": _("Too many attempts. Try again in five minutes."),
        "incorrect_code": _("This is not the code in the newest mail. Check it letter by letter."),
        "enter_current_password": _("This is not your current password."),
        "account_inactive": _("This account is closed."),
    }

    def save_user(
        self, request: HttpRequest, user: Person, form: BaseForm, **options: bool
    ) -> Person:
        """Keep the name with the address; both are all that an account begins with."""
        user.full_name = " ".join(form.cleaned_data["full_name"].split())
        saved: Person = super().save_user(request, user, form, **options)
        return saved

    def pre_login(self, request: HttpRequest, user: Person, **facts: Any) -> HttpResponse | None:
        """The person that machines act as never signs in, whatever its password."""
        if user.is_system:
            clear_login(request)
            answer: HttpResponse = self.respond_user_inactive(request, user)
            return answer
        stopped: HttpResponse | None = super().pre_login(request, user, **facts)
        return stopped

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A row in the job table instead of a connection while the person waits."""
        name = template_prefix.rpartition("/")[2]
        template, subject, sentence = MAILS[name]
        with transaction.atomic():
            notices.account_message(
                email,
                subject=str(subject),
                name=template,
                context={"code": context.get("code", ""), "sentence": str(sentence)},
                key=f"account:{name}:{uuid.uuid4()}",
                at=clock.now(),
            )

    def send_account_already_exists_mail(self, email: str) -> None:
        """As much work as a real sign-up: a password is hashed there too."""
        make_password(secrets.token_hex())
        super().send_account_already_exists_mail(email)

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | Promise | None = None,
    ) -> None:
        """The house's own words, and few of them."""
        del message_context
        name = (message_template or "").rpartition("/")[2].removesuffix(".txt")
        words = message or SAID.get(name)
        if words:
            messages.add_message(request, level, str(words), extra_tags=extra_tags)


class MFAAdapter(DefaultMFAAdapter):
    """Secrets of second factors are encrypted at rest, by a key made from the secret key."""

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _cipher() -> Fernet:
    digest = hashlib.sha256(b"second factor:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))
