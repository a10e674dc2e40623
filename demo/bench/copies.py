"""Rows that actions made, copied with everything that hangs on them, to measure reading.

Each copy is made by the database from a row that walked the whole road through the gate, its state
and its history included; nothing is brought about here. Only ``./run bench`` does this, in a
database of its own that it throws away.

A key of letters gets the number of the copy in front, a counted key the number of the copy times
the largest key. References between copied rows follow their keys; all others stay.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import connection, models, transaction

from core.models import Document
from grants.models import Proposal, ProposalVersion

if TYPE_CHECKING:
    from collections.abc import Iterator

    Model = type[models.Model]


def multiply(chosen: models.QuerySet[Proposal], *, times: int, numbered: int) -> None:
    """Copy the chosen proposals ``times`` times; their numbers go on in steps of ``numbered``."""
    if times < 1:
        return
    keys = ", ".join(f"'{row.hex}'" for row in chosen.values_list("pk", flat=True))
    plan = _Plan(f"id IN ({keys})", times=times, numbered=numbered)
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in plan.statements():
            cursor.execute(statement)


class _Plan:
    """Which rows of which table are copied, and how each column reads in the copy."""

    def __init__(self, chosen: str, *, times: int, numbered: int) -> None:
        self.times = times
        self.rows: dict[Model, str] = {Proposal: chosen}
        self._follow(Proposal)
        self.rows[Document] = " OR ".join(self._own_documents())
        self.largest = {model: self._largest_key(model) for model in self.rows}
        self.special: dict[tuple[Model, str], str] = {
            (Proposal, "number"): f"number + n.k * {numbered}",
            (ProposalVersion, "receipt_number"): "receipt_number || '-' || n.k",
        }

    def _follow(self, model: Model) -> None:
        """Everything that refers to a copied row is copied, and so is the upper half of a row."""
        for child, field in list(_referring(model)):
            if child not in self.rows:
                self.rows[child] = self._within(field, model)
                self._follow(child)
        for parent, link in model._meta.parents.items():
            if link is not None and parent not in self.rows:
                mine = f"SELECT {link.column} FROM {_table(model)} WHERE {self.rows[model]}"
                self.rows[parent] = f"{parent._meta.pk.column} IN ({mine})"
                self._follow(parent)

    def _own_documents(self) -> Iterator[str]:
        """Files that belong to one row alone: receipts, letters."""
        for model, rows in self.rows.items():
            for field in model._meta.local_concrete_fields:
                if field.one_to_one and field.related_model is Document:
                    yield f"id IN (SELECT {field.column} FROM {_table(model)} WHERE {rows})"

    def _within(self, field: Any, model: Model) -> str:
        key = model._meta.pk.column
        return f"{field.column} IN (SELECT {key} FROM {_table(model)} WHERE {self.rows[model]})"

    def statements(self) -> Iterator[str]:
        """One ``INSERT … SELECT`` for each table that has something to copy."""
        counting = f"SELECT 1 UNION ALL SELECT k + 1 FROM n WHERE k < {self.times}"
        for model, rows in self.rows.items():
            fields = model._meta.local_concrete_fields
            columns = ", ".join(f'"{field.column}"' for field in fields)
            values = ", ".join(self._value(model, field) for field in fields)
            table = _table(model)
            yield (
                f"INSERT INTO {table} ({columns}) WITH RECURSIVE n(k) AS ({counting}) "
                f"SELECT {values} FROM n CROSS JOIN {table} WHERE {rows}"
            )

    def _value(self, model: Model, field: Any) -> str:
        special = self.special.get((model, field.attname))
        if special:
            return special
        target = field.related_model if field.is_relation else None
        if target in self.rows:
            copied = self._key(target, field.column)
            return f"CASE WHEN {self._within(field, target)} THEN {copied} ELSE {field.column} END"
        return self._key(model, field.column) if field.primary_key else f'"{field.column}"'

    def _key(self, model: Model, column: str) -> str:
        if self.largest[model] is None:
            return f"printf('%08x', n.k) || substr({column}, 9)"
        return f"{column} + n.k * {self.largest[model]}"

    def _largest_key(self, model: Model) -> int | None:
        """The largest counted key; None where keys are made of letters."""
        field: Any = model._meta.pk
        while field.is_relation:
            field = field.related_model._meta.pk
        if isinstance(field, models.UUIDField):
            return None
        found = model._base_manager.aggregate(largest=models.Max("pk"))["largest"]
        return int(found or 0)


def _table(model: Model) -> str:
    return model._meta.db_table


def _referring(model: Model) -> Iterator[tuple[Model, Any]]:
    """Every table with a column that refers to this one."""
    for other in apps.get_models(include_auto_created=True):
        for field in other._meta.local_concrete_fields:
            if field.is_relation and field.related_model is model and other is not model:
                yield other, field
