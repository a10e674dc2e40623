"""The documents that are printed by jobs; each file registers its own."""

from importlib import import_module

PRINTED = (
    "receipt",
    "letter",
    "evaluation_summary",
    "agreement",
    "payment_order",
    "voucher",
)


def connect() -> None:
    """Load every document once at start, so that its job is known."""
    for name in PRINTED:
        import_module(f"reporting.documents.{name}")
