"""How long it takes to verify a million entries: in SQL, by one file of plain Python, and lately.

DATABASE_URL=… python -m demo.bench.ledger.verified FOLDER
"""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from time import monotonic

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.core.management import call_command  # noqa: E402  Django is set up first
from django.db import connection  # noqa: E402  Django is set up first

from demo.bench.ledger import worlds  # noqa: E402  Django is set up first
from demo.voice import Voice  # noqa: E402  Django is set up first
from ledger.models import Account, Entry  # noqa: E402  Django is set up first

ENTRIES, VOUCHERS = 1_000_000, 5_000
IN_SQL, BY_ONE_FILE, MB, SINCE = 6.0, 10.0, 100.0, 1.0
LATELY = 500


def main() -> None:
    folder, voice = Path(sys.argv[1]), Voice()
    call_command("migrate", verbosity=0)
    world = worlds.make()
    names = [f"v{number}" for number in range(VOUCHERS)]
    worlds.open_caps(world, names)
    worlds.issue(world, names)
    worlds.grow(world, ENTRIES, vouchers=VOUCHERS)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    count, accounts = Entry.objects.count(), Account.objects.count()
    voice.tell("Verification", 1, 4)
    in_sql = min(_timed("verify_ledger") for _again in range(2))
    voice.tell("Verification", 2, 4)
    call_command("take_checkpoint", stdout=io.StringIO())
    worlds.move_all(world, 0, vouchers=LATELY)
    since = min(_timed("verify_ledger", since_checkpoint=True) for _again in range(2))
    voice.tell("Verification", 3, 4)
    call_command("export_ledger", str(folder / "export"), stdout=io.StringIO())
    seconds, megabytes = _by_one_file(folder / "export")
    voice.tell("Verification", 4, 4)
    voice.close()
    sys.stdout.write(
        f"\nverification of {count:,} entries on {accounts:,} accounts: in SQL {in_sql:.1f} s"
        f" ({_verdict(in_sql, IN_SQL)}), since the last checkpoint {since:.2f} s"
        f" ({_verdict(since, SINCE)}), by the single file {seconds:.1f} s"
        f" ({_verdict(seconds, BY_ONE_FILE)}) in {megabytes:.0f} MB ({_verdict(megabytes, MB)})\n"
    )


def _timed(command: str, **options: object) -> float:
    began = monotonic()
    call_command(command, stdout=io.StringIO(), **options)
    return monotonic() - began


def _by_one_file(export: Path) -> tuple[float, float]:
    """Seconds and MB of the verifier that lies in the export, without Django or a package."""
    file = next(export.glob("*.py"))
    began = monotonic()
    command = [sys.executable, "-I", "-S", str(file)]
    pid = os.posix_spawn(sys.executable, command, os.environ)
    _pid, status, used = os.wait4(pid, 0)
    if status:
        raise RuntimeError("the verifier found the export wrong")
    return monotonic() - began, used.ru_maxrss * 1024 / 1e6


def _verdict(found: float, aim: float) -> str:
    return "ok" if found <= aim else f"> {aim:g}"


if __name__ == "__main__":
    main()
