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

CODE_OF_APP = _("Code of your app")
PASSWORD_HINT = _("At least 12 characters. A sentence is easier to remember than a word.")


class SignupForm(library.SignupForm):
    """Name, address, password."""

    full_name = forms.CharField(
        label=_("Your name"),
        max_length=160,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ("full_name", "email", "password1")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        worded(self)
        self.fields["password1"].help_text = PASSWORD_HINT


class LoginForm(library.LoginForm):
    """Address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        worded(self)
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class ResetPasswordForm(library.ResetPasswordForm):
    """The address to send a code to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        worded(self)


class ResetPasswordKeyForm(library.ResetPasswordKeyForm):
    """A new password, twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        worded(self)
        self.fields["password1"].help_text = PASSWORD_HINT


class ChangePasswordForm(library.ChangePasswordForm):
    """The password of now, and a new one, twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        worded(self)
        self.fields["password1"].help_text = PASSWORD_HINT


class SetPasswordForm(library.SetPasswordForm):
    """A first password, twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        worded(self)
        self.fields["password1"].help_text = PASSWORD_HINT


class ReauthenticateForm(library.ReauthenticateForm):
    """One's password, again, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        worded(self)


class ConfirmEmailVerificationCodeForm(library.ConfirmEmailVerificationCodeForm):
    """The code from the mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        worded(self)


class ConfirmPasswordResetCodeForm(library.ConfirmPasswordResetCodeForm):
    """The code from the mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        worded(self)


class AddEmailForm(library.AddEmailForm):
    """Another address, confirmed before it counts."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        worded(self)


class ChangeEmailForm(library.ChangeEmailForm):
    """A corrected address while its code is awaited."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        worded(self)


class ActivateTOTPForm(second_factor.ActivateTOTPForm):
    """The first code that the app shows."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        worded(self)
        self.fields["code"].label = CODE_OF_APP


class AuthenticateForm(factors.AuthenticateForm):
    """A code of the app, or a recovery code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        worded(self)
        self.fields["code"].label = CODE_OF_APP


class ReauthenticateByCodeForm(factors.ReauthenticateForm):
    """A code of the app, again, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        worded(self)
        self.fields["code"].label = CODE_OF_APP


LABELS = {
    "login": _("Email"),
    "email": _("Email"),
    "password": _("Password"),
    "oldpassword": _("Your password of now"),
    "password1": _("New password"),
    "password2": _("New password again"),
    "code": _("Code from your mail"),
}


def worded(form: forms.BaseForm) -> None:
    """Take placeholders away, which are no labels, and put our labels and no link into hints."""
    for name, field in form.fields.items():
        field.widget.attrs.pop("placeholder", None)
        field.help_text = ""
        field.label = LABELS.get(name, field.label)
    if "login" in form.fields or "full_name" in form.fields:
        for name in {"password", "password1"} & form.fields.keys():
            form.fields[name].label = _("Password")
