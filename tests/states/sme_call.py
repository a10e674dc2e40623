"""An SME call: the fund manager runs it, the coordinator's signatory approves it."""

from tests.states.table import Machine, written
from vouchers.lifecycle.sme_call import SmeCallLifecycle

FINAL = frozenset(["done", "cancelled"])
TABLE = """
draft make_ready ready fund_manager
ready take_back draft fund_manager,applicant
ready approve ready applicant
ready open open fund_manager,system
open exhaust exhausted system
exhausted reopen open system
open,exhausted close closed system
closed evaluate evaluating fund_manager
evaluating award awarded fund_manager
awarded contract contracting fund_manager,system
contracting finish done fund_manager
draft,ready,open,exhausted,closed,evaluating cancel cancelled applicant
"""
MACHINE = Machine(SmeCallLifecycle, "sme_call", FINAL, written(TABLE))
