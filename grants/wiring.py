"""What this app tells the others once at start: words of states, sweeps of the clock, reaches."""

from grants import call_wiring, evaluation_wiring, grant_wiring


def connect() -> None:
    """Called by ``GrantsConfig.ready``; safe to call twice."""
    call_wiring.connect()
    evaluation_wiring.connect()
    grant_wiring.connect()
