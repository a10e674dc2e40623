"""Calls, proposals, evaluation and grants."""
