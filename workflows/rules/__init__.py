"""Pure rules: how a state machine is laid out."""
