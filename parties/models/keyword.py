from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Keyword(models.Model):
    """A field of expertise: an industrial ecosystem, or a topic within one or across all."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    label = models.CharField(_("label"), max_length=120)
    parent = models.ForeignKey(
        "self", models.PROTECT, related_name="children", null=True, blank=True
    )

    class Meta:
        verbose_name = _("keyword")
        verbose_name_plural = _("keywords")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["parent", "label"], name="parties_keyword_one_label_per_parent"
            ),
        ]

    def __str__(self) -> str:
        return self.label
