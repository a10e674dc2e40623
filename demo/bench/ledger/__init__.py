"""``./run bench ledger``: what a posting costs, beside what the same server can do at all."""
