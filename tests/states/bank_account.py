"""An account of the grant's coordinator: proposed by its people, judged by who pays it."""

from parties.lifecycle.bank_account import BankAccountLifecycle
from tests.states.table import Machine, written

FINAL = frozenset(["refused", "withdrawn", "blocked", "replaced"])
TABLE = """
proposed validate validated call_finance_officer
proposed refuse refused call_finance_officer
proposed withdraw withdrawn applicant
validated block blocked applicant,call_finance_officer
validated replace replaced call_finance_officer
"""
MACHINE = Machine(BankAccountLifecycle, "bank_account", FINAL, written(TABLE))
