"""A laid-out state machine as SVG text, without any program but this one."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from workflows.rules.layout import Drawing, Edge, Node, lay_out

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from workflows.queries.machines import Machine

LINE, FIRST = 14, 21
STYLE = (
    "text{font-family:Inter,'Segoe UI',Arial,sans-serif;fill:#1c2b25}"
    ".s{font-size:13px;font-weight:600;text-anchor:middle}"
    ".n{font-size:11px;text-anchor:middle;fill:#4a5a53}"
    ".w{font-size:11px;text-anchor:middle;fill:#1c2b25}"
    ".b{fill:#fff;stroke:#1f6b4f;stroke-width:1.5}.i{fill:#dcebe3}"
    ".f{fill:none;stroke:#1f6b4f;stroke-width:1}"
    ".a{fill:none;stroke:#53665d;stroke-width:1.2}.r{stroke-dasharray:5 4}"
    ".h{fill:#fbfbf8}.g{fill:#fbfbf8}"
)
HEAD = (
    '<defs><marker id="end" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" '
    'orient="auto-start-reverse"><path d="M0 0 8 4 0 8z" fill="#53665d"/></marker></defs>'
)


def picture(
    machine: Machine,
    *,
    boxes: list[Node],
    edges: list[Edge],
    notes: Mapping[str, Sequence[str]],
) -> str:
    """The whole file; all numbers are whole pixels, so that it is the same everywhere."""
    drawing = lay_out(boxes, edges, line=LINE)
    width, height = drawing.width, drawing.height
    return "\n".join(
        [
            (
                f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
                f'viewBox="0 0 {width} {height}" role="img" aria-labelledby="t">'
            ),
            f'<title id="t">States of: {escape(machine.title)}</title>',
            f"<style>{STYLE}</style>{HEAD}",
            f'<rect class="g" width="{width}" height="{height}"/>',
            *_arrows(drawing),
            *(_words(edge) for edge in drawing.edges),
            *(_state(box, machine, notes.get(box.name, ())) for box in drawing.boxes),
            "</svg>\n",
        ]
    )


def _arrows(drawing: Drawing) -> list[str]:
    return [
        f'<path class="a{" r" if edge.back else ""}" d="{_path(edge)}" '
        f'marker-{"start" if edge.back else "end"}="url(#end)"/>'
        for edge in drawing.edges
    ]


def _path(edge: Edge) -> str:
    """From box to box through the arrow's own words and bends, upright at each of them."""
    first, *rest = edge.way
    x, y = first.x + _shift(edge, first), first.y + first.height // 2
    steps = [f"M{x} {y}"]
    for node in rest:
        to_x = node.x + (_shift(edge, node) if node is edge.way[-1] else 0)
        to_y = node.y - node.height // 2
        half = (y + to_y) // 2
        steps.append(f"C{x} {half} {to_x} {half} {to_x} {to_y}")
        x, y = to_x, to_y
        if node is not edge.way[-1]:
            y = node.y + node.height // 2
            steps.append(f"L{x} {y}")
    return " ".join(steps)


def _shift(edge: Edge, box: Node) -> int:
    """Arrows leave and reach a box at different places, towards where they come from."""
    other = edge.way[1] if box is edge.way[0] else edge.way[-2]
    room = box.width // 2 - 14
    return max(-room, min(room, (other.x - box.x) // 3))


def _words(edge: Edge) -> str:
    at = next(node for node in edge.way[1:-1] if node.name)
    top = at.y - at.height // 2
    lines = "".join(
        f'<text class="w" x="{at.x}" y="{top + LINE * line + 10}">{escape(words)}</text>'
        for line, words in enumerate(edge.words)
    )
    return (
        f'<rect class="h" x="{at.x - at.width // 2}" y="{top}" width="{at.width}" '
        f'height="{at.height}"/>{lines}'
    )


def _state(box: Node, machine: Machine, notes: Sequence[str]) -> str:
    left, top = box.x - box.width // 2, box.y - box.height // 2
    is_first = box.name == next(iter(machine.states))
    size = f'width="{box.width}" height="{box.height}" rx="8"'
    drawn = [f'<rect class="b{" i" if is_first else ""}" x="{left}" y="{top}" {size}/>']
    if box.name in machine.finals:
        inner = f'width="{box.width - 6}" height="{box.height - 6}" rx="6"'
        drawn.append(f'<rect class="f" x="{left + 3}" y="{top + 3}" {inner}/>')
    label = escape(machine.states[box.name])
    drawn.append(f'<text class="s" x="{box.x}" y="{top + FIRST}">{label}</text>')
    drawn += [
        f'<text class="n" x="{box.x}" y="{top + FIRST + LINE * line}">{escape(note)}</text>'
        for line, note in enumerate(notes, start=1)
    ]
    return "".join(drawn)
