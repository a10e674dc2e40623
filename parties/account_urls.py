"""The addresses of signing in. The library looks them up by these names, so they have no prefix.

Only what is used: no social accounts, no phones, no links by mail (codes instead).
"""

from allauth.account import views as account
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.urls import path

from core.web import public, signed_in
from parties.views.account import SignInView

urlpatterns = [
    path("sign-in/", public(SignInView.as_view()), name="account_login"),
    path("sign-out/", public(account.LogoutView.as_view()), name="account_logout"),
    path("sign-up/", public(account.SignupView.as_view()), name="account_signup"),
    path("closed/", public(account.AccountInactiveView.as_view()), name="account_inactive"),
    path("again/", signed_in(account.ReauthenticateView.as_view()), name="account_reauthenticate"),
    path("email/", signed_in(account.EmailView.as_view()), name="account_email"),
    path(
        "email/code/",
        public(account.ConfirmEmailVerificationCodeView.as_view()),
        name="account_email_verification_sent",
    ),
    path(
        "password/",
        signed_in(account.PasswordChangeView.as_view()),
        name="account_change_password",
    ),
    path(
        "password/first/",
        signed_in(account.PasswordSetView.as_view()),
        name="account_set_password",
    ),
    path(
        "password/forgotten/",
        public(account.PasswordResetView.as_view()),
        name="account_reset_password",
    ),
    path(
        "password/forgotten/code/",
        public(account.ConfirmPasswordResetCodeView.as_view()),
        name="account_confirm_password_reset_code",
    ),
    path(
        "password/forgotten/new/",
        public(account.CompletePasswordResetView.as_view()),
        name="account_complete_password_reset",
    ),
    path(
        "password/forgotten/done/",
        public(account.PasswordResetFromKeyDoneView.as_view()),
        name="account_password_reset_completed",
    ),
    path("second-factor/", signed_in(factor.IndexView.as_view()), name="mfa_index"),
    path("second-factor/code/", public(factor.AuthenticateView.as_view()), name="mfa_authenticate"),
    path(
        "second-factor/again/",
        signed_in(factor.ReauthenticateView.as_view()),
        name="mfa_reauthenticate",
    ),
    path(
        "second-factor/app/",
        signed_in(totp.ActivateTOTPView.as_view()),
        name="mfa_activate_totp",
    ),
    path(
        "second-factor/app/remove/",
        signed_in(totp.DeactivateTOTPView.as_view()),
        name="mfa_deactivate_totp",
    ),
    path(
        "second-factor/recovery/",
        signed_in(recovery.ViewRecoveryCodesView.as_view()),
        name="mfa_view_recovery_codes",
    ),
    path(
        "second-factor/recovery/new/",
        signed_in(recovery.GenerateRecoveryCodesView.as_view()),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "second-factor/recovery/download/",
        signed_in(recovery.DownloadRecoveryCodesView.as_view()),
        name="mfa_download_recovery_codes",
    ),
]
