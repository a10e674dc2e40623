-- The same rows as rows_postgresql.sql. Django writes keys in hex and instants in UTC.

-- accounts
SELECT a.id, a.code, b.code, a.type, a.key, a.normal, a.min_balance, a.balance, a.version,
    lower(hex(a.head)), a.closed,
    strftime('%%s', substr(a.last_at, 1, 19)) * 1000000 + substr(a.last_at || '.', 21, 6)
  FROM ledger_account a LEFT JOIN ledger_book b ON b.id = a.book_id
 WHERE %(book)s IN (0, a.book_id) ORDER BY a.code;

-- events
SELECT e.id, e.idem, e.kind, b.code, d.sha256, e.effective_on || '',
    strftime('%%s', substr(e.at, 1, 19)) * 1000000 + substr(e.at || '.', 21, 6),
    strftime('%%s', substr(e.recorded_at, 1, 19)) * 1000000 + substr(e.recorded_at || '.', 21, 6),
    e.actor_id, e.approver_id, o.idem, e.payload_sha256, p.id, p.leg_no, p.debit_id,
    p.credit_id, p.amount, n.account_id, n.seq, n.amount, n.balance_after, lower(hex(n.hash))
  FROM ledger_event e LEFT JOIN ledger_book b ON b.id = e.book_id
  LEFT JOIN core_document d ON d.id = e.document_id
  LEFT JOIN ledger_event o ON o.id = e.reverses_id
  LEFT JOIN ledger_posting p ON p.event_id = e.id
  LEFT JOIN ledger_entry n ON n.posting_id = p.id
 WHERE %(book)s IN (0, e.book_id)
   {these} ORDER BY e.id, p.leg_no, n.amount DESC;

-- seen
SELECT n.account_id, n.balance_after,
    strftime('%%s', substr(n.recorded_at, 1, 19)) * 1000000 + substr(n.recorded_at || '.', 21, 6)
  FROM ledger_entry n JOIN (VALUES {these}) s ON n.account_id = s.column1 AND n.seq = s.column2;

-- since
SELECT DISTINCT p.event_id FROM ledger_posting p JOIN ledger_entry n ON n.posting_id = p.id
  JOIN (VALUES {these}) s ON n.account_id = s.column1 AND n.seq > s.column2;
