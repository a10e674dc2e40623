"""Mails of this app, written in the same transaction as their cause."""

from grants.notices import call, proposal

__all__ = ["call", "proposal"]
