"""A call: set up by officers, opened and closed by the clock."""

from grants.lifecycle.call import CallLifecycle
from tests.states.table import Machine, written

FINAL = frozenset(["cancelled", "finished"])
TABLE = """
draft publish published authorising_officer
published open open system
published correct published authorising_officer
open correct open authorising_officer
open close closed system
closed evaluate evaluating programme_officer
evaluating rank ranked programme_officer
ranked award awarded authorising_officer
awarded finish finished authorising_officer
draft,published,open,closed,evaluating,ranked cancel cancelled authorising_officer
"""
MACHINE = Machine(CallLifecycle, "call", FINAL, written(TABLE))
