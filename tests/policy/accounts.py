"""Signing in. Whoever has no code to type, or no second factor to show, is led to the sign-in page.

The library's pages answer a signed-in person by a redirect where there is nothing to do.
"""

from tests.policy.row import PUBLIC, SIGNED_IN, Row

ROWS = [
    Row("account_login", PUBLIC),
    Row("account_logout", PUBLIC),
    Row("account_signup", PUBLIC),
    Row("account_inactive", PUBLIC),
    Row("account_reset_password", PUBLIC),
    Row("account_complete_password_reset", PUBLIC),
    Row("account_password_reset_completed", PUBLIC),
    Row("account_confirm_password_reset_code", set(), to_sign_in=True),
    Row("account_email_verification_sent", SIGNED_IN),
    Row("mfa_authenticate", SIGNED_IN),
    Row("account_reauthenticate", SIGNED_IN),
    Row("account_email", SIGNED_IN),
    Row("account_change_password", SIGNED_IN),
    Row("account_set_password", SIGNED_IN),
    Row("mfa_index", SIGNED_IN),
    Row("mfa_reauthenticate", SIGNED_IN),
    Row("mfa_activate_totp", SIGNED_IN),
    Row("mfa_deactivate_totp", set()),
    Row("mfa_view_recovery_codes", set()),
    Row("mfa_generate_recovery_codes", SIGNED_IN),
    Row("mfa_download_recovery_codes", set()),
]
