"""In which family and words the states of parties' records are shown."""

from django.utils.translation import gettext_lazy as _

from core import tags
from core.tags import BAD, GOOD, INFO, OVER, WARN, Words
from parties.models.bank_account import BankAccountState
from parties.models.invitation import InvitationState


def register() -> None:
    """Called once when the app is ready."""
    tags.register(
        "bankaccount",
        {
            BankAccountState.PROPOSED: Words(WARN, _("Waits for validation")),
            BankAccountState.VALIDATED: Words(GOOD, _("Validated")),
            BankAccountState.REFUSED: Words(BAD, _("Refused")),
            BankAccountState.WITHDRAWN: Words(OVER, _("Withdrawn")),
            BankAccountState.REPLACED: Words(OVER, _("Replaced")),
            BankAccountState.BLOCKED: Words(BAD, _("Stopped")),
        },
    )
    tags.register(
        "invitation",
        {
            InvitationState.SENT: Words(INFO, _("Sent")),
            InvitationState.ACCEPTED: Words(GOOD, _("Accepted")),
            InvitationState.WITHDRAWN: Words(OVER, _("Withdrawn")),
            InvitationState.EXPIRED: Words(OVER, _("Expired")),
        },
    )
