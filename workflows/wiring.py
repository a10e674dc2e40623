"""What this app tells the others once at start: flows, links, reminders."""

from core import clockwork, navigation
from workflows import flows
from workflows.actions import remind
from workflows.navigation import ITEMS


def connect() -> None:
    """Called by ``WorkflowsConfig.ready``; safe to call twice."""
    flows.connect()
    navigation.register(*ITEMS)
    clockwork.on_tick("work lists: remind", remind.remind_due, order=90)
