"""What a recipient does with a message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.models import Mail

if TYPE_CHECKING:
    from datetime import datetime


def mark_opened(mail: Mail, *, at: datetime) -> None:
    """Note when the recipient first read the message here; later readings change nothing."""
    Mail.objects.filter(pk=mail.pk, opened_at=None).update(opened_at=at)
