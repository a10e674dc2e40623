"""What a group of experts agrees on; a lost or changed group starts again, whatever was reached."""

from grants.lifecycle.consensus import ConsensusLifecycle
from tests.states.table import Machine, written

FINAL: frozenset[str] = frozenset()
TABLE = """
not_ready open ready system
ready draft drafting rapporteur
drafting submit for_approval rapporteur
for_approval object drafting evaluator,rapporteur
for_approval close approved moderator
for_approval dissent dissent moderator
dissent refer panel moderator
approved,panel finalise final programme_officer
ready,drafting,for_approval,approved,dissent,panel,final lose_quorum not_ready system
drafting,for_approval,approved,dissent,panel,final regroup ready system
"""
MACHINE = Machine(ConsensusLifecycle, "consensus", FINAL, written(TABLE))
