from contextlib import AbstractContextManager
from typing import Any

from django.db import models
from viewflow.workflow.managers import ProcessQuerySet, TaskQuerySet

class AbstractProcess(models.Model):
    flow_class: Any
    status: models.CharField[Any, str]
    created: models.DateTimeField[Any, Any]
    finished: models.DateTimeField[Any, Any]
    objects = ProcessQuerySet.as_manager()
    class Meta:
        abstract = True

    @property
    def coerced(self) -> Any: ...

class Process(AbstractProcess):
    data: models.JSONField[Any, Any]
    parent_task: models.ForeignKey[Any, Any]
    task_set: Any
    seed: Any
    artifact: Any

class AbstractTask(models.Model):
    flow_task: Any
    flow_task_type: models.CharField[Any, str]
    status: models.CharField[Any, str]
    created: models.DateTimeField[Any, Any]
    assigned: models.DateTimeField[Any, Any]
    started: models.DateTimeField[Any, Any]
    finished: models.DateTimeField[Any, Any]
    scheduled: models.DateTimeField[Any, Any]
    token: Any
    owner: models.ForeignKey[Any, Any]
    owner_id: Any
    owner_permission: models.CharField[Any, Any]
    leading: Any
    previous: Any
    objects = TaskQuerySet.as_manager()
    class Meta:
        abstract = True

    @property
    def coerced(self) -> Any: ...
    @property
    def title(self) -> Any: ...
    def activation(self) -> AbstractContextManager[Any]: ...

class Task(AbstractTask):
    process: models.ForeignKey[Any, Any]
    process_id: Any
    data: models.JSONField[Any, Any]
    seed: Any
    seed_content_type: models.ForeignKey[Any, Any]
    seed_object_id: models.PositiveIntegerField[Any, Any]
    artifact: Any
