"""Where the boxes and arrows of a state machine stand: layers from top to bottom.

Boxes lie in even layers, the words of the arrows in odd ones, so that no words meet. An arrow that
leads back is laid out upside down. After Sugiyama, Tagawa and Toda, "Methods for visual
understanding of hierarchical system structures" (1981).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

GAP_X, GAP_Y, BEND = 26, 22, 14
SWEEPS = 16
FINE = 1_000  # mean places are compared in thousandths
FAR = 1_000_000


@dataclass(eq=False)
class Node:
    """A box, the words of an arrow, or a bend; ``x`` and ``y`` are its middle, in pixels."""

    name: str
    width: int
    height: int
    layer: int = 0
    x: int = 0
    y: int = 0


@dataclass(eq=False)
class Edge:
    """An arrow with its words; ``back`` leads to an earlier layer."""

    source: str
    target: str
    words: list[str]
    width: int
    back: bool = False
    way: list[Node] = field(default_factory=list)


@dataclass
class Drawing:
    """All that is to be drawn and how large it is."""

    boxes: list[Node]
    edges: list[Edge]
    width: int = 0
    height: int = 0


def lay_out(boxes: list[Node], edges: list[Edge], *, line: int) -> Drawing:
    """Set every node's place; the first box is the initial state, ``line`` a line's height."""
    by_name = {box.name: box for box in boxes}
    _mark_back_edges(boxes[0].name, edges)
    _set_layers(by_name, edges)
    layers = _with_ways(boxes, edges, by_name, line=line)
    near = _neighbours(edges)
    _order(layers, near)
    _set_y(layers)
    width = _set_x(layers, near)
    bottom = max(node.y + node.height // 2 for layer in layers for node in layer)
    return Drawing(boxes, edges, width + GAP_X, bottom + GAP_Y)


def _mark_back_edges(root: str, edges: list[Edge]) -> None:
    """Depth first: an arrow to a state that is still on the way leads back."""
    leaving: defaultdict[str, list[Edge]] = defaultdict(list)
    for edge in edges:
        leaving[edge.source].append(edge)
    on_way: set[str] = set()
    done: set[str] = set()

    def visit(name: str) -> None:
        on_way.add(name)
        for edge in leaving[name]:
            edge.back = edge.target in on_way
            if not edge.back and edge.target not in done:
                visit(edge.target)
        on_way.discard(name)
        done.add(name)

    for name in [root, *leaving]:
        if name not in done:
            visit(name)


def _ends(edge: Edge) -> tuple[str, str]:
    return (edge.target, edge.source) if edge.back else (edge.source, edge.target)


def _set_layers(boxes: dict[str, Node], edges: list[Edge]) -> None:
    """Longest path from the top, in even numbers; boxes without arrows stand at the bottom."""
    for _round in boxes:
        for edge in edges:
            upper, lower = (boxes[name] for name in _ends(edge))
            lower.layer = max(lower.layer, upper.layer + 2)
    at_arrows = {name for edge in edges for name in _ends(edge)}
    for box in list(boxes.values())[1:]:
        if box.name not in at_arrows:
            box.layer = max(other.layer for other in boxes.values())


def _with_ways(
    boxes: list[Node], edges: list[Edge], by_name: dict[str, Node], *, line: int
) -> list[list[Node]]:
    """The layers, with the words of each arrow and the bends of the long ones."""
    layers: list[list[Node]] = [[] for _ in range(max(box.layer for box in boxes) + 1)]
    for box in boxes:
        layers[box.layer].append(box)
    for edge in edges:
        upper, lower = (by_name[name] for name in _ends(edge))
        words_at = lower.layer - 1 if edge.back else upper.layer + 1
        between = []
        for layer in range(upper.layer + 1, lower.layer):
            says = layer == words_at
            size = (edge.width, line * len(edge.words)) if says else (BEND, 0)
            between.append(Node("words" if says else "", *size, layer=layer))
            layers[layer].append(between[-1])
        edge.way = [upper, *between, lower]
    return layers


def _neighbours(edges: list[Edge]) -> dict[Node, list[Node]]:
    near: defaultdict[Node, list[Node]] = defaultdict(list)
    for edge in edges:
        for one, other in zip(edge.way, edge.way[1:], strict=False):
            near[one].append(other)
            near[other].append(one)
    return near


def _order(layers: list[list[Node]], near: dict[Node, list[Node]]) -> None:
    """Sort each layer by the mean place of its neighbours above, then below, and again."""
    for sweep in range(SWEEPS):
        step = 1 if sweep % 2 == 0 else -1
        for layer in layers[::step][1:]:
            places = {node: place for other in layers for place, node in enumerate(other)}
            layer.sort(key=lambda node: _mean_place(node, near, places, step))


def _mean_place(
    node: Node, near: dict[Node, list[Node]], places: dict[Node, int], step: int
) -> int:
    before = [places[other] for other in near.get(node, []) if other.layer == node.layer - step]
    return FINE * sum(before) // len(before) if before else FINE * places[node]


def _set_y(layers: list[list[Node]]) -> None:
    top = GAP_Y
    for layer in layers:
        height = max((node.height for node in layer), default=0)
        for node in layer:
            node.y = top + height // 2
        top += height + GAP_Y


def _set_x(layers: list[list[Node]], near: dict[Node, list[Node]]) -> int:
    """Pull each node to the middle of its neighbours without touching the next one."""
    for layer in layers:
        _push_right(layer, [0] * len(layer))
    for sweep in range(4 * SWEEPS):
        for layer in layers if sweep % 2 == 0 else layers[::-1]:
            wanted = [_middle(node, near) for node in layer]
            _push_right(layer, wanted)
            right = [node.x for node in layer]
            _push_left(layer, wanted)
            for node, place in zip(layer, right, strict=True):
                node.x = (node.x + place) // 2
    left = min(node.x - node.width // 2 for layer in layers for node in layer)
    for node in (node for layer in layers for node in layer):
        node.x += GAP_X - left
    return max(node.x + node.width // 2 for layer in layers for node in layer)


def _middle(node: Node, near: dict[Node, list[Node]]) -> int:
    others = [other.x for other in near.get(node, [])]
    return sum(others) // len(others) if others else node.x


def _push_right(layer: list[Node], wanted: list[int]) -> None:
    edge = -FAR
    for node, place in zip(layer, wanted, strict=True):
        node.x = max(place, edge + node.width // 2)
        edge = node.x + node.width // 2 + GAP_X


def _push_left(layer: list[Node], wanted: list[int]) -> None:
    edge = FAR
    for node, place in zip(layer[::-1], wanted[::-1], strict=True):
        node.x = min(place, edge - node.width // 2)
        edge = node.x - node.width // 2 - GAP_X
