from parties.lifecycle.bank_account import BankAccountLifecycle
from parties.lifecycle.invitation import InvitationLifecycle

__all__ = ["BankAccountLifecycle", "InvitationLifecycle"]
