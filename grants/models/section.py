"""The written parts of a proposal's working copy and its files."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from core.models import Document, Person, Record
from grants.models.call_parts import AnnexKind, SectionTemplate
from grants.models.proposal import Proposal


class Section(Record):
    """The text of one part of the proposal, as last saved; ``revision`` tells two writers apart."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="sections")
    template = models.ForeignKey(SectionTemplate, models.PROTECT, related_name="sections")
    text = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["proposal", "template"], name="section_once"),
        ]

    def __str__(self) -> str:
        return f"{self.proposal}: {self.template}"


class Annex(Record):
    """A file of the working copy; a version that was handed in keeps its own list of files."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="annexes")
    kind = models.ForeignKey(AnnexKind, models.PROTECT, related_name="annexes")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    pages = models.PositiveIntegerField(null=True, blank=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["proposal", "kind"], name="annex_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.document.name}"
