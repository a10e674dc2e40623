"""An expert's own report."""

from grants.lifecycle.individual_report import IndividualReportLifecycle
from tests.states.table import Machine, written

FINAL = frozenset(["declined", "voided"])
TABLE = """
assigned declare open evaluator
assigned decline declined evaluator,programme_officer
open finish finished evaluator
open,finished recuse voided evaluator
finished reopen open programme_officer
assigned,open,finished void voided programme_officer
"""
MACHINE = Machine(IndividualReportLifecycle, "individual_report", FINAL, written(TABLE))
