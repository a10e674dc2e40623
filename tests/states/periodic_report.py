"""A report of a period: signed by partners, handed in, assessed, accepted, paid."""

from grants.lifecycle.report import PeriodicReportLifecycle
from tests.states.table import Machine, written

FINAL = frozenset(["closed"])
TABLE = """
open lock_parts parts_locked applicant,partner
parts_locked unlock_parts open applicant,partner
parts_locked,returned submit submitted applicant,fund_manager
submitted send_back returned programme_officer
submitted suspend suspended programme_officer,authorising_officer
suspended resume submitted programme_officer,authorising_officer
submitted accept accepted authorising_officer
submitted accept_in_part partly_accepted authorising_officer
accepted,partly_accepted order_payment payment_due authorising_officer
accepted,partly_accepted,payment_due close closed system
"""
MACHINE = Machine(PeriodicReportLifecycle, "periodic_report", FINAL, written(TABLE))
