"""Database constraints that many tables share."""

from django.db import models


def choices_check(
    field: str, choices: type[models.TextChoices], *, name: str
) -> models.CheckConstraint:
    """Closed list: the database refuses a value that ``choices`` doesn't name."""
    return models.CheckConstraint(
        condition=models.Q(**{f"{field}__in": sorted(choices.values)}), name=name
    )
