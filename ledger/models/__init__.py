from ledger.models.account import Account
from ledger.models.book import Book
from ledger.models.checkpoint import Checkpoint, CheckpointHead, CheckpointRow
from ledger.models.period import BankBalance, Period, Snapshot
from ledger.models.posting import ChartLine, Entry, Event, Posting, PostingRule
from ledger.models.settlement import Settlement

__all__ = [
    "Account",
    "BankBalance",
    "Book",
    "ChartLine",
    "Checkpoint",
    "CheckpointHead",
    "CheckpointRow",
    "Entry",
    "Event",
    "Period",
    "Posting",
    "PostingRule",
    "Settlement",
    "Snapshot",
]
