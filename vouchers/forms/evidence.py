"""Files that an SME call asks for: a field for each item, beside what else a form has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import UploadField
from vouchers.models.choices import EvidenceStage

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from core.documents import Upload
    from vouchers.models import EvidenceItem


class EvidenceForm(forms.Form):
    """``uploads`` are the files that were accepted, also when something else was refused."""

    def __init__(self, *args: Any, items: Iterable[EvidenceItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = list(items)
        self.uploads: dict[UUID, Upload] = {}
        for item in self.items:
            self.fields[_name(item)] = UploadField(
                label=item.title, help_text=_hint(item), required=False
            )

    @property
    def evidence(self) -> list[forms.BoundField]:
        """The file fields, for the page."""
        return [self[_name(item)] for item in self.items]

    def clean(self) -> dict[str, Any]:
        """The other fields; the files are apart."""
        values: dict[str, Any] = super().clean() or {}
        found = {item.pk: values.pop(_name(item), None) for item in self.items}
        self.uploads = {key: upload for key, upload in found.items() if upload}
        return values


class FilesForm(EvidenceForm):
    """Nothing but files, at least one of them."""

    def clean(self) -> dict[str, Any]:
        """Without any file there is nothing to do."""
        values = super().clean()
        if not self.uploads and not self.errors:
            raise forms.ValidationError(_("Choose at least one file, then add it."))
        return values


def _name(item: EvidenceItem) -> str:
    return f"file_{item.pk}"


def _hint(item: EvidenceItem) -> str:
    words = [
        item.hint,
        _("Needed with the last claim.") if item.stage == EvidenceStage.FINAL else "",
        _("PDF, PNG or JPEG, up to 10 MB. A new file replaces the one before."),
    ]
    return " ".join(str(part) for part in words if part)
