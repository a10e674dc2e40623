from ledger.models.account import Account
from ledger.models.aid import Aid, AidHolder, AidMember
from ledger.models.book import Book
from ledger.models.checkpoint import Checkpoint, CheckpointHead, CheckpointRow
from ledger.models.period import BankBalance, Period, Snapshot
from ledger.models.posting import ChartLine, Entry, Event, Posting, PostingRule
from ledger.models.settlement import Settlement

__all__ = [
    "Account",
    "Aid",
    "AidHolder",
    "AidMember",
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
