"""The plain pages are for everybody; the component sheet has an address in the demo only."""

from tests.policy.row import PUBLIC, Row

ROWS = [
    Row("core:page_help", PUBLIC),
    Row("core:page_accessibility", PUBLIC),
    Row("core:page_privacy", PUBLIC),
]
