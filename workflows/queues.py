"""Keys of the work list: who is asked. A task carries one key, a person holds several."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.models import Person
from grants.models import CallRole, GrantRole
from grants.models.grant import running
from parties.models import Membership

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from django.db.models import QuerySet

CLOCK = "clock"


def clock(_record: Any) -> str:
    """Nobody but time is awaited."""
    return CLOCK


def person_key(person_id: Any) -> str:
    return f"person:{person_id}"


def call_key(call_id: Any, role: str) -> str:
    return f"call:{call_id}:{role}"


def grant_key(grant_id: Any, role: str, organisation_id: Any = "any") -> str:
    """A role in a grant, for one partner or, where it does not matter which, for any."""
    return f"grant:{grant_id}:{organisation_id}:{role}"


def organisation_key(organisation_id: Any, function: str = "any") -> str:
    return f"organisation:{organisation_id}:{function}"


def office(role: str, call_id: Callable[[Any], Any]) -> Callable[[Any], str]:
    """The officers with ``role`` in the call that ``call_id`` finds from the subject."""
    return lambda subject: call_key(call_id(subject), role)


def holders(key: str, *, on_date: date) -> list[Person]:
    """The people who hold a key on a day: the reverse of ``keys_of``; nobody holds the clock's."""
    kind, *parts = key.split(":")
    find = _FINDERS.get(kind)
    if find is None:
        return []
    found = find(on_date, *parts)
    return list(found.filter(is_active=True, is_system=False).order_by("pk"))


def _themselves(_day: date, person: str) -> QuerySet[Person]:
    return Person.objects.filter(pk=person)


def _officers(day: date, call: Any, role: str) -> QuerySet[Person]:
    return _people(_in_call(day).filter(call=call, role=role))


def _grant_people(day: date, grant: Any, partner: str, role: str) -> QuerySet[Person]:
    rows = _in_grant(day).filter(grant=grant, role=role)
    return _people(_any(rows, organisation=partner))


def _member_people(day: date, organisation: Any, function: str) -> QuerySet[Person]:
    rows = _members(day).filter(organisation=organisation)
    return _people(_any(rows, function=function))


_FINDERS: dict[str, Callable[..., QuerySet[Person]]] = {
    "person": _themselves,
    "call": _officers,
    "grant": _grant_people,
    "organisation": _member_people,
}


def _people(rows: QuerySet[Any]) -> QuerySet[Person]:
    return Person.objects.filter(pk__in=rows.values("person"))


def _any(rows: QuerySet[Any], **narrowed: str) -> QuerySet[Any]:
    return rows.filter(**{name: value for name, value in narrowed.items() if value != "any"})


def _in_call(day: date) -> QuerySet[CallRole]:
    return CallRole.objects.on(day)


def _in_grant(day: date) -> QuerySet[GrantRole]:
    return running(GrantRole.objects.all(), on=day)


def _members(day: date) -> QuerySet[Membership]:
    return Membership.objects.live(on_date=day)


def keys_of(person: Person, *, on_date: date) -> list[str]:
    """All keys a person holds on a day: three queries, whatever the number of roles."""
    calls = _in_call(on_date).filter(person=person)
    grants = _in_grant(on_date).filter(person=person)
    members = _members(on_date).filter(person=person)
    keys = [person_key(person.pk)]
    keys += [call_key(call, role) for call, role in calls.values_list("call_id", "role")]
    for grant, role, partner in grants.values_list("grant_id", "role", "organisation_id"):
        keys += [grant_key(grant, role), grant_key(grant, role, partner)]
    for organisation, function in members.values_list("organisation_id", "function"):
        keys += [organisation_key(organisation), organisation_key(organisation, function)]
    return sorted(set(keys))
