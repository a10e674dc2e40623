"""The pieces a home is made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.html import format_html
from django.utils.safestring import SafeString

if TYPE_CHECKING:
    from core.presentation.meters import ShareMeter
    from core.presentation.parts import CallCard, Due, Tile
    from core.presentation.tables import Table
    from core.tags import Tag


@dataclass(frozen=True, slots=True)
class Button:
    """Words that lead somewhere."""

    words: str
    url: str


@dataclass(frozen=True, slots=True)
class GrantShare:
    """What reaches SMEs of one grant, as a line with a small meter."""

    name: str
    number: str
    url: str
    tag: Tag
    meter: ShareMeter | None


@dataclass(frozen=True, slots=True)
class Section:
    """One list of a home; exactly one of its contents is shown, or the words of ``none``."""

    title: str
    none: str = ""
    link: Button | None = None
    due: list[Due] = field(default_factory=list)
    table: Table | None = None
    tiles: list[Tile] = field(default_factory=list)
    cards: list[CallCard] = field(default_factory=list)
    shares: list[GrantShare] = field(default_factory=list)
    buttons: list[Button] = field(default_factory=list)

    @property
    def aside(self) -> SafeString:
        """The way to the whole list, beside the heading."""
        if self.link is None:
            return SafeString("")
        return format_html('<a href="{}">{}</a>', self.link.url, self.link.words)
