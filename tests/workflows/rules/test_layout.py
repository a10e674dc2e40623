"""Layers from the initial state down; what leads back is laid out upside down."""

from __future__ import annotations

from itertools import pairwise

from workflows.rules.layout import Edge, Node, lay_out


def drawing(*pairs: str) -> tuple[dict[str, Node], dict[str, Edge]]:
    names = dict.fromkeys("".join(pairs))
    boxes = [Node(name, 60, 30) for name in names]
    edges = [Edge(pair[0], pair[1], ["go"], 20) for pair in pairs]
    lay_out(boxes, edges, line=14)
    return {box.name: box for box in boxes}, dict(zip(pairs, edges, strict=True))


def test_a_chain_goes_down() -> None:
    boxes, _edges = drawing("ab", "bc")
    assert boxes["a"].y < boxes["b"].y < boxes["c"].y


def test_a_shortcut_does_not_lift_its_target() -> None:
    boxes, edges = drawing("ab", "bc", "ac")
    assert boxes["c"].layer == 4
    assert len(edges["ac"].way) == 5


def test_an_arrow_that_leads_back_is_marked_and_goes_up() -> None:
    boxes, edges = drawing("ab", "bc", "ca")
    assert [edge.back for edge in edges.values()] == [False, False, True]
    assert edges["ca"].way[0] is boxes["a"]
    assert edges["ca"].way[-1] is boxes["c"]


def test_boxes_of_a_layer_do_not_touch() -> None:
    boxes, _edges = drawing("ab", "ac", "ad")
    row = sorted(boxes[name].x for name in "bcd")
    assert all(right - left >= 60 for left, right in pairwise(row))
    assert {boxes[name].y for name in "bcd"} == {boxes["b"].y}


def test_the_first_box_stays_on_top_although_something_leads_to_it() -> None:
    boxes, _edges = drawing("ab", "ba")
    assert boxes["a"].layer == 0
