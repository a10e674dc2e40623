-- What the checkpoints saw of the accounts is still there. Both databases read this.
-- Each query returns rule and subject of what breaks it. %(book)s is a book's id, 0 for all.

-- heads
SELECT 'I20', h.code || ' entry ' || h.version || ': not what checkpoint ' || h.checkpoint_id
    || ' saw'
  FROM ledger_checkpointhead h LEFT JOIN ledger_account a ON a.code = h.code
  LEFT JOIN ledger_entry n ON n.account_id = a.id AND n.seq = h.version
 WHERE %(book)s IN (0, a.book_id) AND (
   a.id IS NOT NULL AND (h.version = 0 OR n.hash = h.head) AND (a.closed OR NOT h.closed))
   IS NOT TRUE;
