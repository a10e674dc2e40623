"""What the database keeps of people and accounts, whoever asks; the SQL lies beside this file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from core.ddl import append_only, protect, script

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

KEPT = (
    "core.Person",
    "parties.Organisation",
    "parties.BankAccount",
    "parties.Membership",
    "parties.Invitation",
    "parties.OrganisationLink",
    "parties.ExpertProfile",
    "parties.Employment",
)


def fill(connection: BaseDatabaseWrapper) -> None:
    """Nothing is written here: the scripts only guard."""
    del connection


append_only("parties.OrganisationChange", "parties.Deactivation")
for label in KEPT:
    protect(label, refused=frozenset({"DELETE"}), rights="SELECT, INSERT, UPDATE")
script("parties.BankAccount", folder=Path(__file__).parent, fill=fill)
