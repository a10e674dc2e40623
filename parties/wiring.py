"""What parties hands over to the apps below when everything is loaded."""

from core import clockwork
from parties import navigation, tags
from parties.actions import invitation


def connect() -> None:
    """Name the states, add the links, hand over what time does."""
    tags.register()
    navigation.register()
    clockwork.on_tick("invitations expire", invitation.expire_due)
