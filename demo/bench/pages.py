"""What is measured: a page as somebody asks for it, or a piece of work behind pages."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from demo.bench import meter

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from core.models import Person
    from demo.bench.meter import Cost


@dataclass(frozen=True, slots=True)
class Aim:
    """At most so many statements and so much processor time; None is no aim."""

    statements: int | None = None
    cpu_ms: int | None = None
    is_flat: bool = True


LIST, DETAIL, HOME, SUBMISSION = Aim(25, 60), Aim(20), Aim(25), Aim(None, 300)
NONE = Aim(is_flat=False)


@dataclass(frozen=True, slots=True)
class Page:
    """``who`` None is a visitor. A ``post`` is answered by a redirection."""

    name: str
    aim: Aim
    who: Person | None
    url: str
    post: bool = False

    def measure(self) -> Cost:
        client = meter.browser(self.who)
        return meter.cost(partial(self._ask, client))

    def _ask(self, client: Client) -> int:
        answer: Any = client.post(self.url) if self.post else client.get(self.url)
        expected = 302 if self.post else 200
        found = answer.status_code
        assert found == expected, f"{self.name}: {found} instead of {expected}"
        return len(answer.content)


@dataclass(frozen=True, slots=True)
class Work:
    """Something that pages keep once it is done: what it costs when it has to be done again."""

    name: str
    aim: Aim
    do: Callable[[], object]

    def measure(self) -> Cost:
        return meter.cost(self._do)

    def _do(self) -> int:
        self.do()
        return 0


Measured = Page | Work
