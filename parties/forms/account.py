"""The library's forms in the house's words: no placeholders, labels that say what to enter."""

# mypy: disable-error-code="misc"
# (django-allauth ships no types: its forms are Any to the checker)

from __future__ import annotations

from typing import Any

from allauth.account import forms as library
from allauth.mfa.base import forms as factors
from allauth.mfa.totp import forms as second_factor
from django import forms
from django.utils.translation import gettext_lazy as _

PASSWORD_HINT = _("At least 12 characters. A sentence is easier to remember than a word.")


LABELS = {
    "login": _("Email"),
    "email": _("Email"),
    "password": _("Password"),
    "oldpassword": _("Your password of now"),
    "password1": _("New password"),
    "password2": _("New password again"),
    "code": _("Code from your mail"),
}


class Worded:
    """Takes placeholders away, which are no labels, and puts our labels and no link into hints."""

    labels = LABELS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, forms.Field] = self.fields  # type: ignore[attr-defined]  # a form's
        for name, field in fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.help_text = PASSWORD_HINT if name == "password1" else ""
            field.label = self.labels.get(name, field.label)


class ByApp(Worded):
    """Its code comes from an app, not by mail."""

    labels = LABELS | {"code": _("Code of your app")}


class SignupForm(Worded, library.SignupForm):
    """Name, address, password."""

    labels = LABELS | {"password1": _("Password")}
    full_name = forms.CharField(
        label=_("Your name"),
        max_length=160,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ("full_name", "email", "password1")


class LoginForm(Worded, library.LoginForm):
    """Address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class ResetPasswordForm(Worded, library.ResetPasswordForm):
    """The address to send a code to."""


class ResetPasswordKeyForm(Worded, library.ResetPasswordKeyForm):
    """A new password, twice."""


class ChangePasswordForm(Worded, library.ChangePasswordForm):
    """The password of now, and a new one, twice."""


class SetPasswordForm(Worded, library.SetPasswordForm):
    """A first password, twice."""


class ReauthenticateForm(Worded, library.ReauthenticateForm):
    """One's password, again, before something that matters."""


class ConfirmEmailVerificationCodeForm(Worded, library.ConfirmEmailVerificationCodeForm):
    """The code from the mail."""


class ConfirmPasswordResetCodeForm(Worded, library.ConfirmPasswordResetCodeForm):
    """The code from the mail."""


class AddEmailForm(Worded, library.AddEmailForm):
    """Another address, confirmed before it counts."""


class ChangeEmailForm(Worded, library.ChangeEmailForm):
    """A corrected address while its code is awaited."""


class ActivateTOTPForm(ByApp, second_factor.ActivateTOTPForm):
    """The first code that the app shows."""


class AuthenticateForm(ByApp, factors.AuthenticateForm):
    """A code of the app, or a recovery code."""


class ReauthenticateByCodeForm(ByApp, factors.ReauthenticateForm):
    """A code of the app, again, before something that matters."""
