"""Models that are created together are those that would have been created one by one."""

from __future__ import annotations

from django.db import models
from django.db.migrations.operations import CreateModel
from django.db.migrations.state import ProjectState

from core.ddl.together import CreateTogether


def the_models() -> list[CreateModel]:
    key = ("id", models.AutoField(primary_key=True))
    parent = models.ForeignKey("shelf.Shelf", on_delete=models.CASCADE)
    return [CreateModel("Shelf", [key]), CreateModel("Book", [key, ("shelf", parent)])]


def test_the_state_is_the_same_and_is_built_once() -> None:
    apart, together = ProjectState(), ProjectState()
    for model in the_models():
        model.state_forwards("shelf", apart)
    before = together.apps
    CreateTogether(the_models()).state_forwards("shelf", together)
    assert together == apart
    assert together.apps is not before
    assert together.apps.get_model("shelf", "book")._meta.get_field("shelf").related_model is (
        together.apps.get_model("shelf", "shelf")
    )


def test_it_says_how_many() -> None:
    assert CreateTogether(the_models()).describe() == "Create 2 models"
