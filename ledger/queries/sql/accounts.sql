-- What an account says of itself is what its last entry made of it. Both databases read this.
-- Each query returns rule and subject of what breaks it. %(book)s is a book's id, 0 for all.

-- accounts
SELECT CASE WHEN (a.head = COALESCE(n.hash, a.head)) THEN 'I2' ELSE 'I5' END,
    a.code || ': ' || CASE
      WHEN n.id IS NULL AND a.version <> 0 THEN 'its last entry is missing'
      WHEN (a.head = COALESCE(n.hash, a.head)) THEN 'not what its last entry made of it'
      ELSE 'its head is not the hash of its last entry' END
  FROM ledger_account a LEFT JOIN ledger_entry n ON n.account_id = a.id AND n.seq = a.version
 WHERE %(book)s IN (0, a.book_id) AND (
   a.balance = COALESCE(n.balance_after, 0) AND (a.version = 0) = (n.id IS NULL)
   AND a.head = COALESCE(n.hash, a.head) AND (n.id IS NULL) = (a.last_at IS NULL)
   AND COALESCE(a.last_at = n.recorded_at, n.id IS NULL)) IS NOT TRUE;

-- what an account is
SELECT 'I2', a.code || ': it is not what its code and the chart say'
  FROM ledger_account a LEFT JOIN ledger_book b ON b.id = a.book_id
  LEFT JOIN ledger_chartline c ON c.type = a.type
 WHERE %(book)s IN (0, a.book_id) AND (
   a.code = b.code || '/' || a.type || CASE a.key WHEN '' THEN '' ELSE '[' || a.key || ']' END
   AND a.normal = c.normal AND COALESCE(a.min_balance, -1) = COALESCE(c.min_balance, -1)
   AND c.is_keyed = (a.key <> '') AND (NOT a.closed OR (a.balance = 0 AND a.key <> ''))
   AND (a.version <> 0 OR a.head = ledger_genesis(
     a.code, a.type, a.normal, a.min_balance, b.code))) IS NOT TRUE;
