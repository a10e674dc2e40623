"""An invitation of the coordinator: the secret in the mail is what lets a person accept it."""

from parties.lifecycle.invitation import InvitationLifecycle
from tests.states.table import Machine, written

FINAL = frozenset(["accepted", "withdrawn", "expired"])
TABLE = """
sent accept accepted everybody
sent withdraw withdrawn applicant
sent expire expired system
"""
MACHINE = Machine(InvitationLifecycle, "invitation", FINAL, written(TABLE))
