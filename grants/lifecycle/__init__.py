"""The state machines of this app, one module by noun."""
