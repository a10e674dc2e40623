from ledger.models.account import Account
from ledger.models.book import Book
from ledger.models.posting import ChartLine, Entry, Event, Posting, PostingRule
from ledger.models.settlement import Settlement

__all__ = ["Account", "Book", "ChartLine", "Entry", "Event", "Posting", "PostingRule", "Settlement"]
