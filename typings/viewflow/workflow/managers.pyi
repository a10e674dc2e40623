from typing import Any, TypeVar

from django.db import models

M = TypeVar("M", bound=models.Model, covariant=True)

class ProcessQuerySet(models.QuerySet[M]): ...
class TaskQuerySet(models.QuerySet[M]): ...
