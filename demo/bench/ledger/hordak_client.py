"""django-hordak on the same work, in an environment of its own: no line of ours runs here.

python hordak_client.py DATABASE_URL set-up | HOW ACCOUNTS SECONDS NUMBER
"""

from __future__ import annotations

import json
import random
import sys
import uuid
from time import monotonic
from urllib.parse import urlsplit

import django
from django.conf import settings
from django.core.management import call_command

ACCOUNTS = 2_000


def configure(url: str) -> None:
    place = urlsplit(url)
    settings.configure(
        INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "mptt", "hordak"],
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.postgresql",
                "NAME": place.path.removeprefix("/"),
                "USER": place.username,
                "HOST": place.hostname,
                "PORT": place.port,
            }
        },
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        DEFAULT_CURRENCY="EUR",
        HORDAK_CURRENCIES=["EUR"],
        CURRENCIES=["EUR"],
        USE_TZ=True,
    )
    django.setup()


def set_up() -> None:
    from hordak.models import Account

    call_command("migrate", verbosity=0)
    for number in range(ACCOUNTS):
        Account.objects.create(name=f"A{number}", code=str(number), type="AS", currencies=["EUR"])


def work(accounts: str, seconds: float, number: int) -> None:
    from hordak.models import Account
    from moneyed import Money

    rows = list(Account.objects.order_by("pk"))
    chance = random.Random(number)
    one = Money("0.01", "EUR")

    def act() -> None:
        first, second = (rows[0], rows[1]) if accounts == "hot" else chance.sample(rows, 2)
        first.transfer_to(second, one, description=str(uuid.uuid4()))

    for _warm in range(20):
        act()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    done, end = 0, monotonic() + seconds
    while monotonic() < end:
        act()
        done += 1
    sys.stdout.write(json.dumps({"done": done, "cpu_us": 0}) + "\n")


if __name__ == "__main__":
    configure(sys.argv[1])
    if sys.argv[2] == "set-up":
        set_up()
    else:
        work(sys.argv[3], float(sys.argv[4]), int(sys.argv[5]))
