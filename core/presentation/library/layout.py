"""Tags that hold a page together: head, cards, messages, empty states, filters."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.text import slugify

from core.presentation import icons
from core.presentation.parts import Crumb, Pill, Tile

register = template.Library()

MESSAGE_ICONS = {"info": "info", "good": "check", "warn": "alert", "bad": "stop"}
MESSAGE_TONES = {"success": "good", "warning": "warn", "error": "bad"}


@register.simple_block_tag
def head(content: str, title: str, *, over: str = "", lead: str = "") -> SafeString:
    """Head of a page: what it belongs to, its title, a sentence; inside, tags and actions."""
    inner = SafeString(content.strip())
    context = {"title": title, "over": over, "lead": lead, "content": inner}
    return render_to_string("components/head.html", context)


@register.simple_block_tag
def card(
    content: str, title: str = "", *, aside: str = "", tone: str = "", flush: bool = False
) -> SafeString:
    """A white box with a heading; flush lets a list or a table touch its edges."""
    css = " ".join(["tr-card", *(["tr-card--flush"] if flush else []), *tone_class(tone)])
    anchor = f"card-{slugify(title)}" if title else ""
    context = {"title": title, "aside": aside, "css": css, "content": content, "anchor": anchor}
    return render_to_string("components/card.html", context)


def tone_class(tone: str) -> list[str]:
    """The class of the one card on a page that matters most (tone "brand")."""
    return [f"tr-card--{tone}"] if tone else []


@register.simple_block_tag
def message(content: str, tone: str = "info", title: str = "") -> SafeString:
    """A message in the page; tone is info, good, warn or bad."""
    context = {
        "tone": tone,
        "title": title,
        "content": content,
        "icon": icons.icon(MESSAGE_ICONS[tone]),
    }
    return render_to_string("components/message.html", context)


@register.filter
def message_tone(tags: str) -> str:
    """The tone of one of Django's messages."""
    return next((MESSAGE_TONES[tag] for tag in tags.split() if tag in MESSAGE_TONES), "info")


@register.simple_tag
def message_icon(tone: str) -> SafeString:
    """The icon that belongs to a tone of message."""
    return icons.icon(MESSAGE_ICONS[tone])


@register.simple_block_tag
def empty(content: str, title: str, level: int = 2) -> SafeString:
    """Nothing there yet: why, and inside the way on; level 1 if the page has no other head."""
    context = {"title": title, "content": content, "picture": icons.sprout(), "level": level}
    return render_to_string("components/empty.html", context)


@register.simple_block_tag
def more(content: str, summary: str) -> SafeString:
    """A quiet extra that opens in place."""
    return render_to_string("components/more.html", {"summary": summary, "content": content})


@register.simple_block_tag
def scroll(content: str, label: str) -> SafeString:
    """A frame around a table written by hand; its label differs from every heading's."""
    return render_to_string("components/scroll.html", {"label": label, "content": content})


@register.inclusion_tag("components/tiles.html")
def tiles(items: Sequence[Tile], label: str = "") -> dict[str, Any]:
    """Figures that steer the page, five at most; with URLs they filter it."""
    return {"tiles": items, "label": label, "links": any(item.url for item in items)}


@register.inclusion_tag("components/pills.html")
def pills(items: Sequence[Pill], label: str) -> dict[str, Any]:
    """Filters or views of which one is chosen."""
    return {"pills": items, "label": label}


@register.inclusion_tag("components/crumbs.html")
def crumbs(*items: Any) -> dict[str, Any]:
    """The way back: pairs of words and URL, or one list of Crumb."""
    if len(items) == 1 and not isinstance(items[0], str):
        return {"crumbs": items[0]}
    pairs = zip(items[::2], items[1::2], strict=True)
    return {"crumbs": [Crumb(str(words), str(url)) for words, url in pairs]}


@register.inclusion_tag("components/saved.html")
def saved(at: Any = None, by: Any = None) -> dict[str, Any]:
    """When a draft was last saved, and by whom; replaced as a whole after each save."""
    return {"at": at, "by": by}
