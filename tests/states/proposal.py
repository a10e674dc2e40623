"""A proposal: its coordinator until the deadline, then officers, its evaluation and the list."""

from grants.lifecycle.proposal import ProposalLifecycle
from tests.states.table import Machine, written

FINAL = frozenset(
    {
        "withdrawn",
        "expired",
        "call_cancelled",
        "inadmissible",
        "ineligible",
        "below_threshold",
        "no_budget",
        "prep_failed",
        "granted",
    }
)
TABLE = """
draft submit submitted applicant
submitted resubmit submitted applicant
draft expire expired system
submitted freeze frozen system
frozen admit to_evaluate programme_officer
frozen declare_inadmissible inadmissible programme_officer
frozen declare_ineligible ineligible programme_officer
to_evaluate evaluate evaluated system
evaluated reopen_evaluation to_evaluate system
evaluated below_threshold below_threshold system
evaluated rank ranked system
ranked place_main main_list authorising_officer
ranked place_reserve reserve_list authorising_officer
ranked place_no_budget no_budget authorising_officer
reserve_list release no_budget authorising_officer
reserve_list invite invited authorising_officer
main_list invite invited programme_officer,authorising_officer
invited prepare grant_prep programme_officer
grant_prep grant granted authorising_officer
invited,grant_prep fail_preparation prep_failed authorising_officer
draft,submitted,frozen,to_evaluate withdraw withdrawn applicant
evaluated,ranked,main_list,reserve_list withdraw withdrawn applicant
draft,submitted,frozen,to_evaluate,evaluated,ranked end_with_call call_cancelled system
"""
MACHINE = Machine(ProposalLifecycle, "proposal", FINAL, written(TABLE))
