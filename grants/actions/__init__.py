"""Verbs, a module by noun."""
