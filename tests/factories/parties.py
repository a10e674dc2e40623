"""People, organisations and what ties them, made the way the product makes them: by actions.

Every organisation gets numbers of its own; names say that they are invented.
"""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from core import questions
from core.models import Person
from parties.actions import bank_account, expert, invitation, link, membership, organisation
from parties.actions.keyword import seed
from parties.actions.person import enrol
from parties.models import Keyword, Membership, Organisation
from parties.models.scope import Reach, _scopes
from parties.rules import specimens

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parties.models import BankAccount, ExpertProfile, Invitation, OrganisationLink

AT = datetime(2021, 10, 4, 9, 0, tzinfo=UTC)
PASSWORD = "a lattice of green leaves"
FUNCTIONS = Membership.Function
# Written with zeros, so that what was made first also comes first by its name or address.
_numbers: Iterator[int] = itertools.count(1)


def a_person(
    *, full_name: str = "", email: str = "", password: str | None = None, **fields: Any
) -> Person:
    """Somebody with a verified address; with a password (`PASSWORD`) only if one is given."""
    number = next(_numbers)
    person = enrol(
        email=email or f"person{number:06d}@example.org",
        full_name=full_name or f"Person Number{number:06d}",
        password=password,
    )
    if fields:
        Person.objects.filter(pk=person.pk).update(**fields)
        person.refresh_from_db()
    return person


def details(**changes: str) -> dict[str, str]:
    """What is typed to register an organisation; `country` brings its own numbers."""
    number = next(_numbers)
    country = changes.get("country", "BE")
    plain = {
        "legal_name": f"Example Weavers {number:06d} Association",
        "short_name": f"Weavers {number:06d}",
        "kind": Organisation.Kind.CLUSTER,
        "country": country,
        "nuts": "",
        "vat_number": specimens.vat_number(country, number),
        "registration_number": specimens.registration_number(country, number),
        "legal_form": "Association",
        "nace": "94.12",
        "website": "https://weavers.example.org",
        "street": "Example Street 1",
        "postcode": "1000",
        "town": "Example Town",
    }
    return plain | changes


def an_organisation(
    *, representative: Person | None = None, at: datetime = AT, **changes: str
) -> Organisation:
    """An organisation with a representative (a new person unless one is given)."""
    actor = representative or a_person()
    return organisation.register(actor=actor, at=at, **details(**changes))


def an_sme(**changes: Any) -> Organisation:
    """A small enterprise."""
    return an_organisation(**{"kind": Organisation.Kind.SME, "legal_form": "Ltd", **changes})


def the_representative(of: Organisation) -> Person:
    """Who represents the organisation, the longest-serving first."""
    live = of.memberships.filter(function=FUNCTIONS.REPRESENTATIVE, revoked_at=None)
    return live.select_related("person").order_by("granted_at", "pk")[0].person


def a_member(
    of: Organisation, *, function: str = FUNCTIONS.MEMBER, person: Person | None = None
) -> Person:
    """A person who was given a function in the organisation."""
    member = person or a_person()
    membership.grant(
        organisation_id=of.pk,
        person_id=member.pk,
        function=function,
        actor=the_representative(of),
        at=AT,
    )
    return member


def an_invitation(of: Organisation, *, email: str = "new@example.org") -> Invitation:
    """An invitation to act for the organisation as a member."""
    return invitation.invite_member(
        organisation_id=of.pk,
        email=email,
        function=FUNCTIONS.MEMBER,
        actor=the_representative(of),
        at=AT,
    )


def a_bank_account(
    of: Organisation, *, iban: str = "", holder: str = "", at: datetime = AT
) -> BankAccount:
    """A proposed account; of the organisation's country unless an IBAN is given."""
    number = iban or specimens.iban(of.country, next(_numbers))
    return bank_account.propose(
        organisation_id=of.pk,
        holder=holder or of.legal_name,
        iban=number,
        bic=f"TRLS{number[:2]}22",
        actor=the_representative(of),
        at=at,
    )


def a_validated_account(
    of: Organisation, *, officer: Person, at: datetime = AT, **changes: Any
) -> BankAccount:
    """An account that an officer validated; the officer has to be on the accounting side."""
    account = a_bank_account(of, at=at, **changes)
    return bank_account.validate(account_id=account.pk, actor=officer, at=at)


def a_link(
    parent: Organisation, child: Organisation, *, share_bp: int = 6_000, kind: str = "linked"
) -> OrganisationLink:
    """A tie that the parent's representative declared."""
    return link.link(
        parent_id=parent.pk,
        child_id=child.pk,
        share_bp=share_bp,
        kind=kind,
        start_date=date(2020, 1, 1),
        actor=the_representative(parent),
        at=AT,
    )


def an_expert(
    *, person: Person | None = None, country: str = "FR", **changes: Any
) -> ExpertProfile:
    """A person with an expert profile: one keyword, two languages."""
    if not Keyword.objects.exists():
        seed()
    given = {
        "country": country,
        "languages": ["en", "fr"],
        "keywords": list(Keyword.objects.filter(code="textiles")),
        "past_work": "Twelve evaluations of cluster programmes.",
    }
    return expert.save_profile(actor=person or a_person(), at=AT, **(given | changes))


def forget_scopes() -> dict[Reach, list[Any]]:
    """Empty the registry of offices, and give back what was in it."""
    kept = {kind: list(scopes) for kind, scopes in _scopes.items()}
    for scopes in _scopes.values():
        scopes.clear()
    questions.written.cache_clear()
    return kept


def restore_scopes(kept: dict[Reach, list[Any]]) -> None:
    """Put back what `forget_scopes` gave."""
    for kind, scopes in kept.items():
        _scopes[kind][:] = scopes
    questions.written.cache_clear()
