"""Colours, families of states, and every state that the apps have named."""

from typing import Any

from core.tags import BAD, GOOD, IDLE, INFO, MOVE, OVER, WARN, Tag, registered, tag_for

COLOURS = (
    "paper surface sunken line line-2 ink-2 ink",
    "brand-soft brand brand-2 madder focus link link-visited",
    "s1 s2 s3 s4 s5 s6 s1-soft",
    "idle-soft info-soft move-soft good-soft warn-soft bad-soft focus-soft",
    "idle info move good warn bad focus-ink",
)

FAMILIES = (
    (IDLE, "not begun"),
    (INFO, "handed in, fixed"),
    (MOVE, "moving"),
    (GOOD, "good end or live"),
    (WARN, "needs somebody"),
    (BAD, "refused or failed"),
    (OVER, "over"),
)


def tags() -> dict[str, Any]:
    """Families, and the states that the apps have registered."""
    states = [
        (noun.replace("_", " "), [tag_for(noun, state) for state in words])
        for noun, words in sorted(registered().items())
    ]
    return {
        "colours": " ".join(COLOURS).split(),
        "families": [Tag(family, words) for family, words in FAMILIES],
        "states": states,
    }
