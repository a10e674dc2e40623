"""Plain values from which the components of a page are drawn.

Pages build them in queries or views; the tags take one, or a list of them. Texts are shown
escaped unless they were marked safe by `format_html`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext

from core.tags import Tag


@dataclass(frozen=True)
class Due:
    """A row of a list of things to act on: what, why, by when.

    `when` is a day or an instant and gets its own words; `note` replaces them by a phrase
    such as "before you submit". `done` and `total` draw a bar under the phrase.
    """

    title: str
    url: str
    why: str = ""
    when: date | None = None
    note: str = ""
    tone: str = ""
    tag: Tag | None = None
    done: int | None = None
    total: int = 0


@dataclass(frozen=True)
class Step:
    """A point on a timeline; `kind` is done, now, bad or next."""

    title: str
    kind: str = "done"
    when: date | None = None
    note: str = ""
    url: str = ""
    url_words: str = ""

    @property
    def css(self) -> str:
        """Class of the point: what happens now carries none."""
        return "" if self.kind == "now" else f"is-{self.kind}"

    @property
    def spoken(self) -> str:
        """What the shape of the point says, for those who do not see it."""
        words = {"now": gettext("now"), "bad": gettext("went wrong"), "next": gettext("to come")}
        return words.get(self.kind, gettext("done"))


@dataclass(frozen=True)
class Tile:
    """A figure that steers the page; with a URL it filters the list below."""

    label: str
    value: str
    note: str = ""
    url: str = ""
    current: bool = False


@dataclass(frozen=True)
class Task:
    """A section of a form: its title, a hint and where it stands."""

    title: str
    url: str = ""
    hint: str = ""
    tag: Tag | None = None
    done: bool = False
    status: str = ""


@dataclass(frozen=True)
class Fact:
    """A name and its value in a short list; `total` draws a line above it."""

    name: str
    value: str
    total: bool = False
    series: str = ""


@dataclass(frozen=True)
class Row:
    """A line of a summary list: key, value and an optional way to change it."""

    key: str
    value: str
    url: str = ""
    action: str = ""


@dataclass(frozen=True)
class Crumb:
    """A place above this page."""

    words: str
    url: str


@dataclass(frozen=True)
class Pill:
    """A filter or a view that can be chosen; the chosen one is current."""

    words: str
    url: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True)
class File:
    """A file as a person sees it: name, what it is, verdict and one action."""

    name: str
    size: int
    stored_at: datetime | None = None
    kind: str = ""
    sha256: str = ""
    tag: Tag | None = None
    note: str = ""
    url: str = ""
    action: str = ""


@dataclass(frozen=True)
class Eyes:
    """The two people whom a record needs; a missing second one is an open ring."""

    first: str
    second: str | None = None


@dataclass(frozen=True)
class CallCard:
    """A call on the public pages: for whom, what, by when."""

    over: str
    title: str
    url: str
    about: str
    tag: Tag
    closes_at: datetime | None = None


@dataclass(frozen=True)
class JobProgress:
    """Long work as a page shows it: how far, which steps, what is next."""

    percent: int
    words: str = ""
    steps: Sequence[Step] = ()
