"""One registry of states: to which family a state belongs and in which words it is shown.

Each app fills in its own records in its `tags.py`, called from `AppConfig.ready()`:

    register("voucher", {"issued": Words(INFO, _("Issued"))})

The key is the model's name in lower case, so that `tag_of(voucher)` finds it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

IDLE, INFO, MOVE, GOOD, WARN, BAD, OVER = "idle", "info", "move", "good", "warn", "bad", "over"

# Family: class of the tag. Each family has a colour and a shape of its own (docs/design.md).
CLASSES = {
    IDLE: "govuk-tag--grey",
    INFO: "govuk-tag--blue",
    MOVE: "govuk-tag--purple",
    GOOD: "govuk-tag--green",
    WARN: "govuk-tag--yellow",
    BAD: "govuk-tag--red",
    OVER: "tr-tag--closed",
}


@dataclass(frozen=True)
class Words:
    """Family and words of one state."""

    family: str
    words: str | Promise

    def __post_init__(self) -> None:
        if self.family not in CLASSES:
            raise ValueError(f"no such family of states: {self.family}")


@dataclass(frozen=True)
class Tag:
    """A tag ready to be drawn."""

    family: str
    words: str

    @property
    def css(self) -> str:
        """Class that gives the tag its colour and shape."""
        return CLASSES[self.family]


_registry: dict[str, Mapping[str, Words]] = {}


def register(noun: str, states: Mapping[str, Words]) -> None:
    """Name every state of a kind of record; a second registration of a noun is a mistake."""
    if noun in _registry and _registry[noun] != states:
        raise ValueError(f"the states of {noun} are named twice")
    _registry[noun] = dict(states)


def registered() -> Mapping[str, Mapping[str, Words]]:
    """Every kind of record with the words of its states."""
    return dict(_registry)


def tag_of(record: Any) -> Tag:
    """The tag of a record's state; a record may refine it by a method `state_tag()`.

    Raises LookupError when the state has no words: a state gets them before it gets a page.
    """
    refined = getattr(record, "state_tag", None)
    if refined is not None:
        tag: Tag = refined()
        return tag
    return tag_for(record._meta.model_name, record.state)


def tag_for(noun: str, state: str) -> Tag:
    """The tag of a state that is known by its noun and value."""
    try:
        words = _registry[noun][state]
    except KeyError as error:
        raise LookupError(f"no words for the state {state!r} of {noun}") from error
    return Tag(words.family, str(words.words))
