"""Words and families of the states of calls and proposals (docs/design.md)."""

from django.utils.translation import gettext_lazy as _

from core.tags import BAD, GOOD, IDLE, INFO, MOVE, OVER, WARN, Words, register

CALL = {
    "draft": Words(IDLE, _("Draft")),
    "published": Words(INFO, _("Opens soon")),
    "open": Words(GOOD, _("Open")),
    "closed": Words(OVER, _("Closed")),
    "evaluating": Words(MOVE, _("Being evaluated")),
    "ranked": Words(MOVE, _("Ranked")),
    "awarded": Words(GOOD, _("Awarded")),
    "finished": Words(OVER, _("Finished")),
    "cancelled": Words(BAD, _("Cancelled")),
}
PROPOSAL = {
    "draft": Words(IDLE, _("Draft")),
    "submitted": Words(INFO, _("Submitted")),
    "frozen": Words(INFO, _("Locked at deadline")),
    "expired": Words(OVER, _("Never submitted")),
    "withdrawn": Words(OVER, _("Withdrawn")),
    "inadmissible": Words(BAD, _("Not admissible")),
    "ineligible": Words(BAD, _("Not eligible")),
    "to_evaluate": Words(MOVE, _("Being evaluated")),
    "evaluated": Words(MOVE, _("Evaluated")),
    "below_threshold": Words(BAD, _("Below threshold")),
    "ranked": Words(MOVE, _("Ranked")),
    "main_list": Words(GOOD, _("Main list")),
    "reserve_list": Words(WARN, _("Reserve list")),
    "no_budget": Words(BAD, _("Above threshold, no budget")),
    "invited": Words(GOOD, _("Invited to prepare the grant")),
    "grant_prep": Words(MOVE, _("Grant in preparation")),
    "granted": Words(GOOD, _("Granted")),
    "prep_failed": Words(BAD, _("Grant preparation failed")),
    "call_cancelled": Words(OVER, _("Call cancelled")),
}
CHECK = {
    "passed": Words(GOOD, _("Kept")),
    "note": Words(WARN, _("To be looked at")),
    "failed": Words(BAD, _("Broken")),
}


def connect() -> None:
    """Name the states of this module's records; called once at start."""
    register("call", CALL)
    register("proposal", PROPOSAL)
    register("check", CHECK)
