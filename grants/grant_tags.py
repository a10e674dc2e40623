"""Words and families of the states of grants, payments and reports."""

from django.utils.translation import gettext_lazy as _

from core.tags import BAD, GOOD, IDLE, INFO, MOVE, OVER, WARN, Words, register
from grants.models import Grant, Payment, PeriodicReport

G, P, R = Grant.State, Payment.State, PeriodicReport.State


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
PERIODICREPORT: dict[str, Words] = {
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
    """Name every state of the three records."""
    register("grant", GRANT)
    register("payment", PAYMENT)
    register("periodicreport", PERIODICREPORT)
