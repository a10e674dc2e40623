"""A payment of the EU: three officers of the call, then the bank."""

from grants.lifecycle.payment import PaymentLifecycle
from tests.states.table import Machine, written

FINAL = frozenset(["cancelled", "returned", "recovered"])
TABLE = """
due prepare prepared call_finance_officer
prepared approve approved call_finance_officer
approved send sent call_finance_officer
sent execute executed call_finance_officer
sent give_back returned call_finance_officer
prepared,approved cancel cancelled call_finance_officer
due suspend suspended authorising_officer
suspended resume due authorising_officer
due,suspended drop cancelled system
executed recover recovered system
"""
MACHINE = Machine(PaymentLifecycle, "payment", FINAL, written(TABLE))
