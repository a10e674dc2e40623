"""The tests' own ground: copies of the database, and who serves them."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING
from urllib.request import urlopen

import pytest
from django.db import connection, transaction

from core.models import Person

if TYPE_CHECKING:
    from tests.databases import TemplateDatabase

NAMES = ("first@trellis.invalid", "second@trellis.invalid")


def people() -> int:
    return Person.objects.filter(email__in=NAMES).count()


@pytest.mark.parametrize("email", NAMES)
def test_what_one_test_commits_the_next_does_not_see(
    fresh_database: TemplateDatabase, email: str
) -> None:
    assert people() == 0
    with transaction.atomic():
        Person.objects.create(email=email, full_name="Somebody")
    connection.close()
    assert people() == 1


@pytest.mark.django_db
def test_the_rolled_back_database_is_untouched_by_copies() -> None:
    assert people() == 0


def test_a_second_connection_of_the_application_sees_the_same(
    fresh_database: TemplateDatabase,
) -> None:
    Person.objects.create(email=NAMES[0], full_name="Somebody")
    raw = fresh_database.application()
    assert raw.execute("SELECT 1 FROM core_person WHERE email LIKE 'first%'").fetchone() == (1,)
    raw.close()


def test_the_application_cannot_change_the_schema_and_the_owner_can(
    fresh_database: TemplateDatabase,
) -> None:
    raw = fresh_database.application()
    with pytest.raises(Exception, match=r"not authorized|must be owner"):
        raw.execute("DROP TABLE core_mail")
    raw.close()
    owner = fresh_database.owner()
    owner.execute("DROP TABLE core_mail")
    owner.close()


def test_another_process_reaches_the_copy_by_its_url(fresh_database: TemplateDatabase) -> None:
    Person.objects.create(email=NAMES[0], full_name="Somebody")
    script = (
        "import django; django.setup()\n"
        "from core.models import Person\n"
        "from django.db import connection\n"
        f"print(Person.objects.filter(email={NAMES[0]!r}).count())\n"
        "if connection.vendor == 'postgresql':\n"
        "    cursor = connection.cursor()\n"
        "    cursor.execute('SELECT current_user')\n"
        "    assert cursor.fetchone() == ('trellis_app',)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={"DATABASE_URL": fresh_database.url, "DJANGO_SETTINGS_MODULE": "config.settings_test"},
        check=True,
        capture_output=True,
        text=True,
    )
    assert done.stdout == "1\n"


def test_the_server_serves_the_copy(server: object) -> None:
    with urlopen(f"{server}/help/") as response:
        assert response.status == 200


@pytest.mark.postgres
def test_on_postgresql_the_application_has_a_role_of_its_own(
    fresh_database: TemplateDatabase,
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("trellis_app",)
