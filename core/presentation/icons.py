"""Icons and the mark as inline SVG: no request, no script, coloured by the text around them."""

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

PATHS = {
    "alert": "M12 4L2.8 20h18.4zM12 10v4.5M12 17.4v.1",
    "bank": "M3 10l9-6 9 6M5 10v8M10 10v8M14 10v8M19 10v8M3 20h18",
    "calendar": "M4 6h16v14H4zM4 10h16M8 3v5M16 3v5",
    "check": "M5 12.5l4.5 4.5L19 7.5",
    "clock": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5.3l3.5 2",
    "cross": "M6 6l12 12M18 6L6 18",
    "down": "M12 4v11M7 11l5 5 5-5M5 20h14",
    "file": "M7 3h7l5 5v13H7zM14 3v5h5",
    "filter": "M4 5h16l-6 8v6l-4-2v-4z",
    "info": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11v5.5M12 7.8v.1",
    "key": "M14.5 4a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zM10.6 13.4L4 20M6.5 17.5l2.5 2.5",
    "lock": "M6 11h12v9H6zM9 11V8a3 3 0 0 1 6 0v3",
    "mail": "M3 6h18v12H3zM3 7l9 7 9-7",
    "more": "M6 9l6 6 6-6",
    "paste": "M9 5H6v16h12V5h-3M9 3h6v4H9z",
    "pencil": "M4 20l1-4L16 5l3 3L8 19z",
    "people": "M9 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM3 20c0-4 2.5-6 6-6s6 2 6 6"
    "M16 6a3 3 0 0 1 0 6M18 20c0-3-.8-4.8-2.5-5.8",
    "plus": "M12 5v14M5 12h14",
    "search": "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM16 16l5 5",
    "shield": "M12 3l8 3v6c0 4.5-3.2 7.7-8 9-4.8-1.3-8-4.5-8-9V6zM8.5 12l2.5 2.5 4.5-5",
    "stop": "M8 3h8l5 5v8l-5 5H8l-5-5V8zM12 7.5v5.5M12 16.4v.1",
    "up": "M12 20V9M7 13l5-5 5 5M5 4h14",
}

_MARK = (
    '<path class="tr-mark-l" fill="none" stroke-width="1.75" stroke-linecap="round"'
    ' d="M8 3v26M16 3v26M24 3v26M3 11h26M3 21h26"/>'
    '<path class="tr-mark-v" fill="none" stroke-width="3" stroke-linecap="round"'
    ' d="M8 29c0-8 8-5 8-13s8-3 8-9"/>'
    '<path class="tr-mark-f" d="M24 8c-.6-4.4 1.6-6.8 6.5-7 .4 4.900-2 7.400-6.500 7z'
    'M16 17.2c-4.300.5-6.700-1.500-7-6 4.700-.4 7.200 1.700 7 6z"/>'
)

_SPROUT = (
    '<g fill="none" stroke="currentColor" stroke-opacity=".28" stroke-width="2"'
    ' stroke-linecap="round"><path d="M12 6v52M32 6v52M52 6v52M6 20h52M6 44h52"/></g>'
    '<path class="tr-mark-v" fill="none" stroke-width="3.5" stroke-linecap="round"'
    ' d="M12 58c0-9 5-9 8-14"/>'
    '<path class="tr-mark-f" d="M20 44c-.8-5 1.600-8.500 7.500-9 .5 6-2.500 9-7.500 9z"/>'
)


def icon(name: str) -> SafeString:
    """An icon from the list above; it says nothing to a screen reader. KeyError if unknown."""
    return format_html(
        '<svg class="tr-icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">'
        '<path d="{}"/></svg>',
        PATHS[name],
    )


def mark() -> SafeString:
    """The mark of the product: a lattice with a vine."""
    return svg(_MARK, size=32)


def sprout() -> SafeString:
    """The picture of an empty state."""
    return svg(_SPROUT, size=64)


def svg(inner: str, *, size: int) -> SafeString:
    """Wrap drawing code written in this module; never pass anything that came from outside."""
    head = f'<svg viewBox="0 0 {size} {size}" aria-hidden="true" focusable="false">'
    return mark_safe(f"{head}{inner}</svg>")  # noqa: S308  constants of this module only
