"""Every message that was sent, to whom, and when it left."""

from typing import ClassVar

from django.db import models

from core.models.record import Record


class Mail(Record):
    person = models.ForeignKey(
        "core.Person", models.PROTECT, related_name="mails", null=True, blank=True
    )
    to_email = models.EmailField()
    subject = models.CharField(max_length=200)
    text = models.TextField()
    written_at = models.DateTimeField(help_text="product time")
    sent_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True, help_text="first read in Trellis")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person", "-written_at"], name="mail_inbox")]

    def __str__(self) -> str:
        return self.subject
