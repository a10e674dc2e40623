-- What the stream of events does not show: rows that lead nowhere, and what is kept twice.
-- Each query returns rule and subject of what breaks it. %(book)s is a book's id, 0 for all.

-- entries
SELECT CASE WHEN e.id IS NULL THEN 'I1' ELSE 'I5' END,
    COALESCE(a.code, 'entry ' || n.id) || ' entry ' || n.seq || ': ' || CASE WHEN e.id IS NULL
      THEN 'it is not what its posting implies' ELSE 'recorded before the one before' END
  FROM ledger_entry n LEFT JOIN ledger_account a ON a.id = n.account_id
  LEFT JOIN ledger_posting p ON p.id = n.posting_id LEFT JOIN ledger_event e ON e.id = p.event_id
 WHERE (%(book)s IN (0, a.book_id)) AND (n.recorded_at IS NOT e.recorded_at OR a.id IS NULL);

-- postings
SELECT 'I1', 'event of posting ' || p.id || ' leg ' || p.leg_no || ': it has not its two entries'
  FROM ledger_posting p LEFT JOIN ledger_event e ON e.id = p.event_id
 WHERE %(book)s = 0 AND e.id IS NULL;

-- events
SELECT CASE WHEN e.legs IS NOT s.legs OR e.legs IS NOT s.last THEN 'I13' ELSE 'I5' END,
    'event ' || e.idem || ': ' || CASE WHEN e.legs IS NOT s.legs OR e.legs IS NOT s.last
      THEN 'it has not its legs' ELSE 'its legs are not those that were sent' END
  FROM ledger_event e LEFT JOIN (
    SELECT g.event_id, COUNT(*) AS legs, MAX(g.leg_no) AS last,
        '[' || group_concat(g.line, ', ') || ']' AS lines
      FROM (SELECT p.event_id, p.leg_no, '[' || json_quote(d.type) || ', ' || json_quote(d.key)
               || ', ' || json_quote(c.type) || ', ' || json_quote(c.key) || ', ' || p.amount
               || ']' AS line
              FROM ledger_posting p JOIN ledger_account d ON d.id = p.debit_id
              JOIN ledger_account c ON c.id = p.credit_id ORDER BY p.event_id, p.leg_no) g
     GROUP BY g.event_id) s ON s.event_id = e.id
  LEFT JOIN ledger_event o ON o.id = e.reverses_id
 WHERE %(book)s IN (0, e.book_id)
   AND (e.legs IS NOT s.legs OR e.legs IS NOT s.last OR e.lines IS NOT s.lines
     OR e.reverses_id IS NOT o.id);
