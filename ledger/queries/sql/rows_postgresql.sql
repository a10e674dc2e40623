-- The ledger's rows as every database gives them: keys and hashes in hex, instants in µs.
-- %(book)s is a book's id, 0 for all. Where it says {these}, some are named. Accounts
-- by the bytes of their code; events by id, so
-- that the entries of each account come in order.

-- accounts
SELECT a.id, a.code, b.code, a.type, a.key, a.normal, a.min_balance, a.balance, a.version,
    encode(a.head, 'hex'), a.closed::integer,
    (extract(epoch FROM a.last_at) * 1000000)::bigint
  FROM ledger_account a LEFT JOIN ledger_book b ON b.id = a.book_id
 WHERE %(book)s IN (0, a.book_id) ORDER BY a.code COLLATE "C";

-- events
SELECT e.id, encode(uuid_send(e.idem), 'hex'), e.kind, b.code, d.sha256,
    to_char(e.effective_on, 'YYYY-MM-DD'), (extract(epoch FROM e.at) * 1000000)::bigint,
    (extract(epoch FROM e.recorded_at) * 1000000)::bigint, encode(uuid_send(e.actor_id), 'hex'),
    encode(uuid_send(e.approver_id), 'hex'), encode(uuid_send(o.idem), 'hex'),
    e.payload_sha256, p.id, p.leg_no, p.debit_id, p.credit_id, p.amount,
    n.account_id, n.seq, n.amount, n.balance_after, encode(n.hash, 'hex')
  FROM ledger_event e LEFT JOIN ledger_book b ON b.id = e.book_id
  LEFT JOIN core_document d ON d.id = e.document_id
  LEFT JOIN ledger_event o ON o.id = e.reverses_id
  LEFT JOIN ledger_posting p ON p.event_id = e.id
  LEFT JOIN ledger_entry n ON n.posting_id = p.id
 WHERE %(book)s IN (0, e.book_id)
   {these} ORDER BY e.id, p.leg_no, n.amount DESC;

-- seen
SELECT n.account_id, n.balance_after,
    (extract(epoch FROM n.recorded_at) * 1000000)::bigint
  FROM ledger_entry n JOIN (VALUES {these}) s ON n.account_id = s.column1 AND n.seq = s.column2;

-- since
SELECT DISTINCT p.event_id FROM ledger_posting p JOIN ledger_entry n ON n.posting_id = p.id
  JOIN (VALUES {these}) s ON n.account_id = s.column1 AND n.seq > s.column2;
