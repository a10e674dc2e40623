"""What a page asks several times is asked of the database once.

A page with a dozen buttons asks again and again what its reader may do. While a request only reads,
a function marked ``read_once`` answers from what it found first. Everywhere else, and so in every
action, it asks anew: a right may have ended a moment ago.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")

_answers: ContextVar[dict[Any, Any] | None] = ContextVar("answers", default=None)


@contextmanager
def only_reading() -> Iterator[None]:
    """Around a request that changes nothing; what was found is forgotten at its end."""
    token = _answers.set({})
    try:
        yield
    finally:
        _answers.reset(token)


def read_once(question: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
    """Mark a question to the database whose arguments say all that it depends on."""

    @wraps(question)
    def asked(*args: Asked.args, **kwargs: Asked.kwargs) -> Answer:
        answers = _answers.get()
        if answers is None:
            return question(*args, **kwargs)
        key = (question, args, tuple(sorted(kwargs.items())))
        if key not in answers:
            answers[key] = question(*args, **kwargs)
        answer: Answer = answers[key]
        return answer

    return asked
