"""Many questions about one person on one day, asked of the database in one statement.

To put such a statement together takes far longer than to answer it. So each is written once, for a
stand-in, and asked again with another person and another day in the stand-in's places. What is kept
is the text of the statement; an answer never is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection, models
from django.db.models import Count, Exists, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from core.models import Person

Whether = Callable[[Person, date], bool | QuerySet[Any]]
HowMany = Callable[[Person, date], int | QuerySet[Any]]
Question = Callable[[Person, date], Any]
Answers = dict[Question, Any]

STAND_IN = UUID(int=2**127 + 5), date(1, 2, 3)
ANOTHER = UUID(int=2**127 + 7), date(3, 2, 1)


@dataclass(frozen=True)
class Written:
    """A statement with the stand-in's key and day among its parameters, and what it answers."""

    sql: str
    parameters: tuple[Any, ...]
    asked: tuple[Question, ...]

    def filled(self, key: UUID, on: date) -> tuple[Any, ...]:
        """The parameters with another person and day in the stand-in's places."""
        places = dict(zip(prepared(*STAND_IN), prepared(key, on), strict=True))
        return tuple(places.get(value, value) for value in self.parameters)

    def answers(self, person: Person, on: date) -> Answers:
        """What the database says; about somebody whom it doesn't know, nothing."""
        if not self.asked:
            return {}
        with connection.cursor() as cursor:
            cursor.execute(self.sql, self.filled(person.pk, on))
            row = cursor.fetchone() or [0] * len(self.asked)
        return dict(zip(self.asked, row, strict=True))


def ask(
    person: Person,
    *,
    on: date,
    whether: Iterable[Whether] = (),
    how_many: Iterable[HowMany] = (),
) -> Answers:
    """The answers by question.

    A question that answers with a queryset means "is there any" (`whether`) or "how many"
    (`how_many`); all of these together are one statement. Such a queryset may depend on nothing but
    the person's key and the day: ValueError otherwise. Each question is asked once.
    """
    wraps: dict[Question, Any] = dict.fromkeys(how_many, counted) | dict.fromkeys(whether, Exists)
    statement = written(tuple(wraps.items()))
    plain = {question: question(person, on) for question in wraps.keys() - {*statement.asked}}
    return plain | statement.answers(person, on)


@lru_cache(maxsize=256)
def written(wraps: tuple[tuple[Question, Any], ...]) -> Written:
    """The statement that asks those of the questions that answer with a queryset."""
    statement, other = written_for(STAND_IN, wraps), written_for(ANOTHER, wraps)
    if (other.sql, other.parameters) != (statement.sql, statement.filled(*ANOTHER)):
        raise ValueError("a question asks for more than the person's key and the day")
    return statement


def written_for(stand_in: tuple[UUID, date], wraps: tuple[tuple[Question, Any], ...]) -> Written:
    """The statement with this stand-in's key and day among its parameters."""
    key, on = stand_in
    found = [(question, wrap, question(Person(pk=key), on)) for question, wrap in wraps]
    asked = {one: wrap(rows) for one, wrap, rows in found if isinstance(rows, QuerySet)}
    row = Person.objects.filter(pk=key).values_list(*asked.values())
    sql, parameters = row.query.sql_with_params()
    return Written(sql, tuple(parameters), tuple(asked))


def prepared(key: UUID, on: date) -> tuple[Any, Any]:
    """A person's key and a day as the database takes them."""
    day = models.DateField().get_db_prep_value(on, connection)
    return Person._meta.pk.get_db_prep_value(key, connection), day


def counted(rows: QuerySet[Any]) -> Coalesce:
    """How many rows there are, as a part of a statement; no join may repeat a row."""
    one = rows.order_by().annotate(_one=Value(1)).values("_one")
    return Coalesce(Subquery(one.annotate(_n=Count("*")).values("_n")), 0)
