from parties.queries.accounts import accounting_side, accounts_to_validate, payable_account
from parties.queries.people import mails_of, money_handlers, people_of, runners
from parties.queries.ties import linked_group, links_of, same_group, tied

__all__ = [
    "accounting_side",
    "accounts_to_validate",
    "linked_group",
    "links_of",
    "mails_of",
    "money_handlers",
    "payable_account",
    "people_of",
    "runners",
    "same_group",
    "tied",
]
