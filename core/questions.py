"""Many questions about one person, asked of the database in one statement."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Count, Exists, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from core.models import Person

Whether = Callable[[Person], bool | QuerySet[Any]]
HowMany = Callable[[Person], int | QuerySet[Any]]
Answers = dict[Callable[[Person], Any], Any]


def ask(
    person: Person, *, whether: Iterable[Whether] = (), how_many: Iterable[HowMany] = ()
) -> Answers:
    """The answers by question.

    A question that answers with a queryset means "is there any" (`whether`) or "how many"
    (`how_many`); all of these together are one statement. Each question is asked once.
    """
    answers: Answers = {}
    asked: dict[str, tuple[Callable[[Person], Any], Any]] = {}
    for question in dict.fromkeys(whether):
        collect(question, question(person), into=answers, asked=asked, wrap=Exists)
    for counter in dict.fromkeys(how_many):
        collect(counter, counter(person), into=answers, asked=asked, wrap=counted)
    if asked:
        expressions = {name: expression for name, (_question, expression) in asked.items()}
        row = Person.objects.filter(pk=person.pk).values_list(*expressions.values()).first()
        found = row or [0] * len(asked)
        answers |= {asked[name][0]: answer for name, answer in zip(asked, found, strict=True)}
    return answers


def collect(
    question: Callable[[Person], Any],
    answer: Any,
    *,
    into: Answers,
    asked: dict[str, tuple[Callable[[Person], Any], Any]],
    wrap: Callable[[QuerySet[Any]], Any],
) -> None:
    """Keep an answer that is known; put a queryset among what the database is asked."""
    if isinstance(answer, QuerySet):
        asked[f"answer_{len(asked)}"] = (question, wrap(answer))
    else:
        into[question] = answer


def counted(rows: QuerySet[Any]) -> Coalesce:
    """How many rows there are, as a part of a statement."""
    one = rows.order_by().annotate(_one=Value(1)).values("_one")
    return Coalesce(Subquery(one.annotate(_n=Count("pk", distinct=True)).values("_n")), 0)
