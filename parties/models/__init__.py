from parties.models.bank_account import BankAccount, BankAccountTransition
from parties.models.deactivation import Deactivation
from parties.models.expert import Employment, ExpertProfile
from parties.models.invitation import Invitation, InvitationTransition
from parties.models.keyword import Keyword
from parties.models.link import OrganisationLink
from parties.models.membership import Membership
from parties.models.organisation import Organisation, OrganisationChange
from parties.models.scope import Reach, register_reach

__all__ = [
    "BankAccount",
    "BankAccountTransition",
    "Deactivation",
    "Employment",
    "ExpertProfile",
    "Invitation",
    "InvitationTransition",
    "Keyword",
    "Membership",
    "Organisation",
    "OrganisationChange",
    "OrganisationLink",
    "Reach",
    "register_reach",
]
