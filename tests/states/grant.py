"""A grant: prepared, signed in order, started by the clock, settled, closed."""

from grants.lifecycle.grant import GrantLifecycle
from tests.states.table import Machine, written

FINAL = frozenset(["prep_failed", "closed"])
TABLE = """
preparation make_ready ready_to_sign programme_officer
ready_to_sign reopen_preparation preparation programme_officer
ready_to_sign sign_for_coordinator coord_signed applicant
coord_signed sign_for_authority signed authorising_officer
preparation,ready_to_sign,coord_signed fail_preparation prep_failed authorising_officer
signed activate active system
active suspend suspended authorising_officer
suspended resume active authorising_officer
signed,active,suspended terminate terminated authorising_officer
active,terminated open_final_report reporting system
reporting settle final_accepted authorising_officer
final_accepted pay_balance balance_paid system
final_accepted start_recovery in_recovery system
balance_paid,in_recovery close closed authorising_officer
"""
MACHINE = Machine(GrantLifecycle, "grant", FINAL, written(TABLE))
