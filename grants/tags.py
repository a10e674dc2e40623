"""Words and families of the states of this app's records (docs/design.md)."""

from django.utils.translation import gettext_lazy as _

from core.tags import BAD, GOOD, IDLE, INFO, MOVE, OVER, WARN, Words, register
from grants.models import Grant, Payment, PeriodicReport

G, P, R = Grant.State, Payment.State, PeriodicReport.State

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
REPORT = {
    "assigned": Words(WARN, _("Declare first")),
    "open": Words(MOVE, _("In progress")),
    "finished": Words(GOOD, _("Finished")),
    "declined": Words(OVER, _("Declined")),
    "voided": Words(BAD, _("Void")),
}
CONSENSUS = {
    "not_ready": Words(IDLE, _("Waits for reports")),
    "ready": Words(MOVE, _("Reports are visible")),
    "drafting": Words(MOVE, _("Drafting")),
    "for_approval": Words(INFO, _("For approval")),
    "approved": Words(GOOD, _("Approved")),
    "dissent": Words(WARN, _("Dissent, to panel")),
    "panel": Words(WARN, _("Before the panel")),
    "final": Words(GOOD, _("Final")),
}
GRANT: dict[str, Words] = {
    G.PREPARATION: Words(IDLE, _("In preparation")),
    G.READY_TO_SIGN: Words(WARN, _("Ready to sign")),
    G.COORD_SIGNED: Words(WARN, _("Waits for the authority’s signature")),
    G.SIGNED: Words(INFO, _("Signed by both sides")),
    G.ACTIVE: Words(GOOD, _("Active")),
    G.SUSPENDED: Words(WARN, _("Suspended")),
    G.TERMINATED: Words(BAD, _("Terminated")),
    G.REPORTING: Words(MOVE, _("Final report")),
    G.FINAL_ACCEPTED: Words(INFO, _("Settled, balance due")),
    G.BALANCE_PAID: Words(GOOD, _("Balance paid")),
    G.IN_RECOVERY: Words(BAD, _("In recovery")),
    G.CLOSED: Words(OVER, _("Closed")),
    G.PREP_FAILED: Words(BAD, _("Preparation failed")),
}
PAYMENT: dict[str, Words] = {
    P.DUE: Words(IDLE, _("Due")),
    P.SUSPENDED: Words(WARN, _("Suspended")),
    P.PREPARED: Words(WARN, _("Waits for second officer")),
    P.APPROVED: Words(WARN, _("Waits for third officer")),
    P.SENT: Words(MOVE, _("At the bank")),
    P.EXECUTED: Words(GOOD, _("Executed")),
    P.RETURNED: Words(BAD, _("Returned")),
    P.CANCELLED: Words(OVER, _("Cancelled")),
    P.RECOVERED: Words(OVER, _("Paid back")),
}
PERIODIC_REPORT: dict[str, Words] = {
    R.OPEN: Words(IDLE, _("Being written")),
    R.PARTS_LOCKED: Words(INFO, _("All statements signed")),
    R.SUBMITTED: Words(MOVE, _("Being checked")),
    R.RETURNED: Words(WARN, _("Sent back")),
    R.SUSPENDED: Words(WARN, _("Question open")),
    R.ACCEPTED: Words(GOOD, _("Accepted")),
    R.PARTLY_ACCEPTED: Words(GOOD, _("Accepted in part")),
    R.PAYMENT_DUE: Words(MOVE, _("Payment under way")),
    R.CLOSED: Words(OVER, _("Closed")),
}


def connect() -> None:
    """Name the states; called once at start."""
    register("call", CALL)
    register("proposal", PROPOSAL)
    register("check", CHECK)
    register("individualreport", REPORT)
    register("consensus", CONSENSUS)
    register("grant", GRANT)
    register("payment", PAYMENT)
    register("periodicreport", PERIODIC_REPORT)
