"""Whose account it is, in words: each app tells once how its own records are called.

A name is a pair: the words, and a second line that tells two of the same words apart.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _

from ledger.rules.chart import CHART, AccountType
from parties.models import Organisation

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    Name = tuple[str, str]
    Find = Callable[[Collection[str]], Mapping[str, Name]]

_known: dict[str, Find] = {}


def register(owner: str, find: Find) -> None:
    """``find`` names the records of an owner ("voucher" of the chart) by id, in one statement."""
    _known[owner] = find


def names(accounts: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Name]:
    """Words for (type, key); one statement for each kind of owner, however many accounts."""
    wanted: defaultdict[str, set[str]] = defaultdict(set)
    pairs = set(accounts)
    for type_, key in pairs:
        if key and is_id(key):
            wanted[owner_of(type_)].add(key)
    found = {owner: _known[owner](keys) for owner, keys in wanted.items() if owner in _known}
    unknown = (_("Not known any more"), "")
    return {
        (type_, key): found.get(owner_of(type_), {}).get(key, unknown)
        for type_, key in pairs
        if key
    }


def is_id(key: str) -> bool:
    """Whether a key can be that of a record; an address may name anything."""
    try:
        UUID(key)
    except ValueError:
        return False
    return True


def owner_of(type_: str) -> str:
    """Whose accounts a type has, as the chart names it; empty where a book has one."""
    return CHART[AccountType(type_)].key


def organisations(keys: Collection[str]) -> dict[str, Name]:
    """Payees and partners by id."""
    rows = Organisation.objects.filter(pk__in=keys).values_list("pk", "legal_name", "country")
    return {str(pk): (name, country) for pk, name, country in rows}


def connect() -> None:
    """What grants know themselves; safe to call twice."""
    register("partner", organisations)
    register("payee", organisations)
