"""What the chapters of the story share: the people, the call, a seeded die, a voice."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.contrib.auth.hashers import make_password

from parties.actions import bank_account, organisation
from parties.actions.person import enrol
from parties.rules import specimens

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from core.models import Person
    from grants.models import Call, Grant, Proposal
    from parties.models import BankAccount, Organisation

PASSWORD = "demo-trellis-2021"  # noqa: S105  the demo's own, printed on its sign-in page
DOMAIN = "demo.trellis.example"


@dataclass(frozen=True, slots=True)
class Size:
    """How much is played: each shape of support ``rounds`` times, with ``crowd`` % of its SMEs."""

    proposals: int
    grants: int
    rounds: int = 1
    crowd: int = 100


DEFAULT = Size(proposals=60, grants=30)
FULL = Size(proposals=60, grants=30, rounds=5, crowd=160)


@dataclass
class Stage:
    """Filled chapter by chapter."""

    size: Size
    tell: Callable[[str, int, int], None]
    die: random.Random = field(default_factory=lambda: random.Random(2021))
    officers: dict[str, list[Person]] = field(default_factory=dict)
    signed_up: int = 0
    password: str = field(default_factory=lambda: make_password(PASSWORD))
    call: Call = None  # type: ignore[assignment]  # the first chapter sets it
    experts: list[Person] = field(default_factory=list)
    proposals: list[Proposal] = field(default_factory=list)
    grants: list[Grant] = field(default_factory=list)
    notes: dict[str, Any] = field(default_factory=dict)

    def person(self, full_name: str, *, mailbox: str = "") -> Person:
        """Somebody who can sign in with the demo's password."""
        self.signed_up += 1
        address = f"{mailbox or f'person{self.signed_up:04d}'}@{DOMAIN}"
        person = enrol(email=address, full_name=full_name)
        person.password = self.password
        person.save(update_fields=["password"])
        return person

    def officer(self, role: str, *, number: int = 0) -> Person:
        return self.officers[role][number]

    def organisation(
        self,
        *,
        actor: Person,
        at: datetime,
        names: tuple[str, str],
        country: str,
        kind: str,
        town: str,
    ) -> Organisation:
        """An invented organisation with numbers that could be real but for their maker."""
        self.signed_up += 1
        serial = self.signed_up
        return organisation.register(
            actor=actor,
            at=at,
            legal_name=names[0],
            short_name=names[1],
            kind=kind,
            country=country,
            nuts="",
            vat_number=specimens.vat_number(country, serial),
            registration_number=specimens.registration_number(country, serial),
            legal_form="Association" if kind == "cluster" else "Ltd",
            nace="94.12" if kind == "cluster" else "62.01",
            website="",
            street=f"{serial} Madder Lane",
            postcode="1000",
            town=town,
        )

    def account(
        self, of: Organisation, *, actor: Person, checker: Person, at: datetime
    ) -> BankAccount:
        """A bank account, proposed by its owner and validated by the accounting side."""
        self.signed_up += 1
        iban = specimens.iban(of.country, self.signed_up)
        proposed = bank_account.propose(
            organisation_id=of.pk,
            holder=of.legal_name,
            iban=iban,
            bic=f"TRLS{iban[:2]}BB",
            actor=actor,
            at=at,
        )
        return bank_account.validate(account_id=proposed.pk, actor=checker, at=at)
