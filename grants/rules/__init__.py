"""Pure rules of calls, proposals, evaluation and grants: no Django, no clock, no I/O."""
