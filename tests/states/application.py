"""An application of an SME."""

from tests.states.table import Machine, written
from vouchers.lifecycle.application import ApplicationLifecycle

FINAL = frozenset(["ineligible", "rejected", "accepted", "lapsed", "withdrawn"])
TABLE = """
draft submit submitted sme
draft expire lapsed system
submitted find_eligible eligible fund_manager
submitted find_ineligible ineligible fund_manager,finance_officer
eligible score scored system
scored,waiting award awarded fund_manager,system
scored wait waiting fund_manager
scored reject rejected fund_manager
awarded accept accepted sme
awarded lapse lapsed system
draft,submitted,eligible,scored,waiting,awarded withdraw withdrawn sme
submitted,eligible,scored,waiting end_with_call rejected system
"""
MACHINE = Machine(ApplicationLifecycle, "application", FINAL, written(TABLE))
