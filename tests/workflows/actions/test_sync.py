"""A repaired work list is the one that the moves would have left, and repairing twice changes
nothing."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command
from viewflow.workflow.models import Task

from tests.factories import claims
from tests.factories import grants as proposals
from workflows.actions.sync import sync
from workflows.worklist import open_tasks

pytestmark = pytest.mark.django_db


def what_waits() -> list[tuple[str, str, str]]:
    return sorted(
        (task.flow_task.name, task.owner_permission, task.data["due"]) for task in open_tasks()
    )


def test_nothing_is_wrong_after_a_road_walked_by_its_moves() -> None:
    claims.a_scheduled()
    assert list(sync(at=claims.PAYING)) == []


def test_tasks_that_were_lost_or_too_many_are_repaired_once() -> None:
    one = claims.a_scheduled()
    right = what_waits()
    lost, kept = list(open_tasks().filter(owner_permission__contains=":FO"))[:1], open_tasks()
    Task.objects.filter(pk__in=[task.pk for task in lost]).delete()
    wrong = kept[0]
    wrong.owner_permission, wrong.data["subject"] = "person:nobody", str(one.pk)
    wrong.save()
    assert what_waits() != right
    assert sum(count for _record, count in sync(at=claims.PAYING)) >= 2
    assert what_waits() == right
    assert list(sync(at=claims.PAYING)) == []


def test_the_command_says_what_it_repaired() -> None:
    one = proposals.a_proposal()
    Task.objects.filter(process__proposalprocess__record=one).delete()
    said = [StringIO(), StringIO()]
    for out in said:
        call_command("sync_turns", stdout=out)
    assert f"{one}: 1" in said[0].getvalue()
    assert said[1].getvalue() == "tasks repaired: 0\n"
