"""The drawn state machines are those of the lifecycles, whole and current."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from django.conf import settings

from core.lifecycle import Lifecycle
from workflows.management.commands.draw_states import files
from workflows.queries.machines import MACHINES, machines, svg


def test_the_committed_pages_and_pictures_are_current() -> None:
    """If this fails: ``./run manage draw_states``."""
    docs = settings.BASE_DIR / "docs"
    for name, text in files().items():
        assert (docs / name).read_text(encoding="utf-8") == text, name
    drawn = {f"state-machines/{path.name}" for path in (docs / "state-machines").iterdir()}
    assert drawn == set(files()) - {"state-machines.md"}


def test_every_lifecycle_is_drawn() -> None:
    ours = {one for one in Lifecycle.__subclasses__() if not one.__module__.startswith("tests")}
    assert {lifecycle for _model, lifecycle in MACHINES.values()} == ours


@pytest.mark.parametrize("slug", list(MACHINES))
def test_every_state_and_every_event_stands_in_the_picture(slug: str) -> None:
    machine = next(one for one in machines() if one.slug == slug)
    picture = ET.fromstring(svg(machine))
    texts = [element.text or "" for element in picture.iter() if element.tag.endswith("}text")]
    assert set(machine.states.values()) <= set(texts)
    for arrow in machine.arrows:
        assert any(arrow.event.replace("_", " ") in text for text in texts), arrow


@pytest.mark.parametrize("slug", list(MACHINES))
def test_no_box_or_word_stands_on_another(slug: str) -> None:
    machine = next(one for one in machines() if one.slug == slug)
    picture = ET.fromstring(svg(machine))
    boxes = [
        tuple(int(one.attrib[key]) for key in ("x", "y", "width", "height"))
        for one in picture.iter()
        if one.tag.endswith("}rect") and one.attrib["class"] in {"b", "b i", "h"}
    ]
    for number, (x, y, width, height) in enumerate(boxes):
        for left, top, wide, high in boxes[number + 1 :]:
            apart = x + width <= left or left + wide <= x or y + height <= top or top + high <= y
            assert apart, (slug, (x, y), (left, top))
