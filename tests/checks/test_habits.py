from __future__ import annotations

import pytest

from checks import habits
from tests.checks.samples import a_module


@pytest.mark.parametrize(
    "code",
    [
        "x = 1  # TODO later",
        "# FIXME",
        "x = y  # type: ignore",
        "x = y  # type: ignore[attr-defined]",
        "x = y  # noqa",
        "x = y  # noqa: S308",
        "x = y  # pragma: no cover",
        "from django.db.models.signals import post_save",
        "from django.dispatch import receiver",
        "from django.contrib.contenttypes.fields import GenericForeignKey",
    ],
)
def test_a_habit_that_hides_something_is_found(code: str) -> None:
    assert len(list(habits.check(a_module(code)))) == 1


@pytest.mark.parametrize(
    "code",
    [
        "x = y  # type: ignore[attr-defined]  # every subclass declares it",
        "x = y  # noqa: S308  every part was escaped above",
        "x = y  # pragma: no cover - only a signal ends it",
        "x = 'TODO'",
    ],
)
def test_an_exception_with_code_and_reason_is_no_problem(code: str) -> None:
    assert list(habits.check(a_module(code))) == []


@pytest.mark.parametrize(
    "code",
    [
        "class Call(Model):\n  def save(self): ...",
        "class Call(Model):\n  def delete(self): ...",
        "class Call(Model):\n  class Meta:\n    ordering = ['id']",
    ],
)
def test_a_model_with_verbs_or_an_order_of_its_own_is_found(code: str) -> None:
    assert len(list(habits.check(a_module(code, at="grants/models/call.py")))) == 1
