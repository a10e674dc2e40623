"""The tests' settings: the real ones, with a secret of their own and nothing that leaves."""

import atexit
import os
import shutil
import tempfile

os.environ.setdefault("SECRET_KEY", "tests-only-not-a-secret")
os.environ.setdefault("ALLOWED_HOSTS", "testserver,127.0.0.1,localhost")
if "TRELLIS_VAR" not in os.environ:
    os.environ["TRELLIS_VAR"] = tempfile.mkdtemp(prefix="trellis-test-")
    atexit.register(shutil.rmtree, os.environ["TRELLIS_VAR"], ignore_errors=True)
os.environ.setdefault("EMAIL_URL", "memorymail://")
os.environ.setdefault("LEDGER_KEY", "4b" * 32)
os.environ.setdefault("SITE_URL", "http://testserver")
os.environ.setdefault("SECURE_SSL_REDIRECT", "0")

from config.settings import *

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
SESSION_COOKIE_NAME = "session"
CSRF_COOKIE_NAME = "csrf"
if "sqlite3" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["TEST"] = {"NAME": ":memory:"}
