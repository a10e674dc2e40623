"""Settings come from the environment and are safe when it says nothing.

``TRELLIS_DEMO=1`` (set by ``./run demo`` and ``./run serve``) is the only mode with a known
secret and with plain HTTP on loopback.
"""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import django_stubs_ext
import environ
from django.utils.translation import gettext_lazy as _

django_stubs_ext.monkeypatch()  # forms.ModelForm[Call] also at run time

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

DEMO = env.bool("TRELLIS_DEMO", default=False)
VAR_DIR = Path(env.str("TRELLIS_VAR", default=str(BASE_DIR / "var" / ("demo" if DEMO else "data"))))

DEBUG = False
SECRET_KEY = env.str("SECRET_KEY", default="demo-only-not-a-secret" if DEMO else environ.Env.NOTSET)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost"] if DEMO else [])
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000" if DEMO else "https://localhost")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "viewflow.workflow",
    "core.apps.CoreConfig",
    "parties",
    "ledger",
    "grants",
    "vouchers",
    "workflows",
    "reporting",
    "demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "core.middleware.AccessMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "parties.middleware.KeepTypedMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
ASGI_APPLICATION = "config.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "core.context.page",
            ],
            "builtins": ["core.templatetags.trellis", "django.templatetags.i18n"],
        },
    }
]

DATABASES = {
    "default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'trellis.sqlite3'}"),
}
_database = DATABASES["default"]
_database["ATOMIC_REQUESTS"] = False
if "sqlite3" in _database["ENGINE"]:
    VAR_DIR.mkdir(parents=True, exist_ok=True)
    _database["ENGINE"] = "core.backends.sqlite3"
    _database["OPTIONS"] = {"timeout": 20, "transaction_mode": "IMMEDIATE"}
else:
    _database["CONN_MAX_AGE"] = env.int("DATABASE_CONN_MAX_AGE", default=60)
    _database["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "core.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in [
        ("UserAttributeSimilarityValidator", {"user_attributes": ("email", "full_name")}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
    ]
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/home/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PREVENT_ENUMERATION = True
# By address of the network, never by account: nobody can lock a competitor out before a deadline.
ACCOUNT_RATE_LIMITS = {
    "confirm_email": "5/10m/key",
    "login": "60/m/ip",
    "login_failed": "10/m/ip,60/h/ip",
}
ACCOUNT_ADAPTER = env.str("ACCOUNT_ADAPTER", default="parties.accounts.AccountAdapter")
ACCOUNT_FORMS = {
    "add_email": "parties.forms.account.AddEmailForm",
    "change_email": "parties.forms.account.ChangeEmailForm",
    "change_password": "parties.forms.account.ChangePasswordForm",
    "confirm_email_verification_code": "parties.forms.account.ConfirmEmailVerificationCodeForm",
    "confirm_password_reset_code": "parties.forms.account.ConfirmPasswordResetCodeForm",
    "login": "parties.forms.account.LoginForm",
    "reauthenticate": "parties.forms.account.ReauthenticateForm",
    "reset_password": "parties.forms.account.ResetPasswordForm",
    "reset_password_from_key": "parties.forms.account.ResetPasswordKeyForm",
    "set_password": "parties.forms.account.SetPasswordForm",
    "signup": "parties.forms.account.SignupForm",
}
MFA_FORMS = {
    "activate_totp": "parties.forms.account.ActivateTOTPForm",
    "authenticate": "parties.forms.account.AuthenticateForm",
    "reauthenticate": "parties.forms.account.ReauthenticateByCodeForm",
}
MFA_ADAPTER = "parties.accounts.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Trellis"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = False

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Brussels"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
WHITENOISE_USE_FINDERS = True
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FORM_RENDERER = "core.forms.TrellisRenderer"

EMAIL_CONFIG = env.email("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
if DEMO:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = VAR_DIR / "mail"
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Trellis <noreply@trellis.invalid>")
MAIL_DOMAIN = env.str("MAIL_DOMAIN", default="trellis.invalid")

CELERY_BROKER_URL = env.str("BROKER_URL", default="")
CELERY_TASK_ALWAYS_EAGER = not CELERY_BROKER_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BEAT_SCHEDULE = {
    "tick": {"task": "core.tasks.tick", "schedule": env.float("TICK_SECONDS", default=60.0)}
}

_clock_file = VAR_DIR / "clock.json"
CLOCK_OFFSET = timedelta(
    seconds=json.loads(_clock_file.read_text())["offset_seconds"]
    if DEMO and _clock_file.exists()
    else 0
)

# Signs the ledger's checkpoints: an Ed25519 key, 64 hex digits. Without it none are taken.
LEDGER_KEY = env.str("LEDGER_KEY", default="")
LEDGER_KEY_FILE = VAR_DIR / "ledger-key" if DEMO else ""
LEDGER_AUDITORS = env.list("LEDGER_AUDITORS", default=[])

SECURE = not DEMO
SECURE_SSL_REDIRECT = SECURE and env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_HSTS_SECONDS = 31536000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_HSTS_PRELOAD = SECURE
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if env.bool("BEHIND_TLS_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_NAME = "__Host-session" if SECURE else "trellis-demo-session"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "trellis-demo-csrf"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = env.int("SESSION_HOURS", default=10) * 3600
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
CSRF_FAILURE_VIEW = "core.views.errors.csrf_failure"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", default="WARNING")},
}
