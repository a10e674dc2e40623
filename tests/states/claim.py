"""A claim: the SME, then a checker, then a certifier, then the payment desk."""

from tests.states.table import Machine, written
from vouchers.lifecycle.claim import ClaimLifecycle

FINAL = frozenset(["rejected", "recovered", "withdrawn"])
TABLE = """
draft submit submitted sme
returned resubmit submitted sme
submitted send_back returned fund_manager
checked send_back returned finance_officer
submitted check checked fund_manager
checked reject rejected finance_officer
checked certify certified finance_officer
certified schedule scheduled finance_officer
scheduled unschedule certified finance_officer
certified,scheduled pay paid system
paid recover recovered finance_officer
draft,submitted,returned withdraw withdrawn sme
"""
MACHINE = Machine(ClaimLifecycle, "claim", FINAL, written(TABLE))
