"""Words and families of the states on the SME side (docs/design.md)."""

from django.utils.translation import gettext_lazy as _

from core.tags import BAD, GOOD, IDLE, INFO, MOVE, OVER, WARN, Words, register

SME_CALL = {
    "draft": Words(IDLE, _("Draft")),
    "ready": Words(WARN, _("Waits for approval")),
    "open": Words(GOOD, _("Open")),
    "exhausted": Words(WARN, _("Open, budget used up")),
    "closed": Words(OVER, _("Closed")),
    "evaluating": Words(MOVE, _("Being evaluated")),
    "awarded": Words(GOOD, _("Awarded")),
    "contracting": Words(MOVE, _("Vouchers being signed")),
    "done": Words(OVER, _("Done")),
    "cancelled": Words(BAD, _("Cancelled")),
}
APPLICATION = {
    "draft": Words(IDLE, _("Draft")),
    "submitted": Words(INFO, _("Being checked")),
    "ineligible": Words(BAD, _("Not eligible")),
    "eligible": Words(MOVE, _("Being evaluated")),
    "scored": Words(MOVE, _("Evaluated")),
    "rejected": Words(BAD, _("Not selected")),
    "waiting": Words(WARN, _("Waiting list")),
    "awarded": Words(GOOD, _("Awarded, to be accepted")),
    "accepted": Words(GOOD, _("Accepted")),
    "lapsed": Words(OVER, _("Lapsed")),
    "withdrawn": Words(OVER, _("Withdrawn")),
}
VOUCHER = {
    "reserved": Words(IDLE, _("To be signed")),
    "issued": Words(INFO, _("Issued")),
    "provider_set": Words(INFO, _("Provider confirmed")),
    "in_progress": Words(MOVE, _("In progress")),
    "partly_redeemed": Words(MOVE, _("Partly used")),
    "redeemed": Words(GOOD, _("Fully used")),
    "closed": Words(OVER, _("Closed")),
    "expired": Words(OVER, _("Expired")),
    "suspended": Words(WARN, _("Suspended")),
    "cancelled": Words(OVER, _("Cancelled")),
    "revoked": Words(BAD, _("Revoked")),
}
CLAIM = {
    "draft": Words(IDLE, _("Draft")),
    "submitted": Words(INFO, _("Being checked")),
    "returned": Words(WARN, _("Sent back")),
    "checked": Words(MOVE, _("Checked")),
    "rejected": Words(BAD, _("Rejected")),
    "certified": Words(MOVE, _("Certified")),
    "scheduled": Words(MOVE, _("In payment")),
    "paid": Words(GOOD, _("Paid")),
    "recovered": Words(BAD, _("To be paid back")),
    "withdrawn": Words(OVER, _("Withdrawn")),
}


def connect() -> None:
    """Name the states of the SME side; called once at start."""
    register("smecall", SME_CALL)
    register("application", APPLICATION)
    register("voucher", VOUCHER)
    register("claim", CLAIM)
