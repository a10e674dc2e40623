"""What stands in the header and the footer. Each app adds its own in its `navigation.py`.

    ITEMS = [Item(_("Calls"), "grants:call_list", order=20, who=is_programme_officer)]

and in `AppConfig.ready()`: `navigation.register(*ITEMS)`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise

from core.models import Person
from core.questions import Answers, HowMany, Whether, ask

MAIN, PUBLIC, MENU, FOOTER = "main", "public", "menu", "footer"


def everyone(_person: Person, _on: date) -> bool:
    """Whoever has signed in."""
    return True


def nothing(_person: Person, _on: date) -> int:
    """No count beside the words."""
    return 0


@dataclass(frozen=True)
class Item:
    """A link: `who` may see it, `count` says how much waits behind it.

    Both may answer with a queryset ("is there any", "how many"): these are asked in one
    statement for all links of a page (`core.questions`).
    `place` is main (signed in), public (signed out), menu (under the person's name) or footer.
    `under` names the path that makes the link current; the link's own URL if empty.
    """

    words: str | Promise
    url_name: str
    order: int = 50
    place: str = MAIN
    who: Whether = everyone
    count: HowMany = nothing
    under: str = ""


@dataclass(frozen=True)
class Shown:
    """A link as a page shows it."""

    words: str
    url: str
    current: bool = False
    count: int = 0


_describers: list[Callable[[Person, date], str]] = []
_items: dict[tuple[str, str], Item] = {}


def register(*items: Item) -> None:
    """Add links; the same URL in the same place is kept once."""
    for item in items:
        _items[item.place, item.url_name] = item


def describe(describer: Callable[[Person, date], str]) -> None:
    """Say what a person is (organisation, role); the first describer with words wins."""
    if describer not in _describers:
        _describers.append(describer)


def note(person: Person, *, on: date) -> str:
    """What stands under a person's name on a day."""
    return next((words for describer in _describers if (words := describer(person, on))), "")


def items(place: str) -> list[Item]:
    """All links of a place in their order."""
    found = [item for item in _items.values() if item.place == place]
    return sorted(found, key=lambda item: (item.order, item.url_name))


def answers(person: Person | None, *, on: date) -> Answers:
    """What the links of a page have to know about a person; nothing about a visitor.

    One statement says which links there are, a second one, if need be, what waits behind them.
    """
    if person is None:
        return {}
    asked = [item for place in (MAIN, MENU, FOOTER) for item in items(place)]
    known = ask(person, on=on, whether=[item.who for item in asked])
    return known | ask(person, on=on, how_many=[one.count for one in asked if known[one.who]])


def shown(
    place: str, *, request: HttpRequest, person: Person | None, known: Answers
) -> list[Shown]:
    """The links of a place that this person may follow, the current one marked.

    Of several that fit the address, the longest is the current one.
    """
    asked = [item for item in items(place) if address(item)]
    links = [(item, address(item)) for item in asked if may(item, person=person, known=known)]
    fits = [
        item.under or url for item, url in links if under(request.path, place=item.under or url)
    ]
    here = max(fits, key=len, default=None)
    return [
        Shown(
            words=str(item.words),
            url=url,
            current=(item.under or url) == here,
            count=known.get(item.count, 0),
        )
        for item, url in links
    ]


def address(item: Item) -> str:
    """Where a link leads; empty if there is no such page, which a test refuses."""
    try:
        return reverse(item.url_name)
    except NoReverseMatch:
        return ""


def may(item: Item, *, person: Person | None, known: Answers) -> bool:
    """Whether a link is for this person; visitors see those that ask for nobody."""
    return item.who is everyone if person is None else bool(known[item.who])


def under(path: str, *, place: str) -> bool:
    """Whether an address lies at a place or below it; the front page only at itself."""
    return path == place or (place != "/" and path.startswith(place))
