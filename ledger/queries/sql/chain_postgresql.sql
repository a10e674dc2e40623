-- Every hash, sum and floor, in sets. Each query returns rule and subject of what breaks it:
-- none is good. %(book)s is a book's id, 0 for all. Names are hashed once per account and
-- kind, an event once for all its entries (OFFSET 0 keeps the planner from doing it again).

-- entries
SELECT f.rule, coalesce(w.code, 'entry ' || w.id) || ' entry ' || w.seq || ': ' || f.text FROM (
  SELECT n.id, a.code, n.seq,
    n.account_id = p.debit_id AND n.amount = p.amount
      OR n.account_id = p.credit_id AND n.amount = -p.amount AS implied,
    n.seq <= a.version AND (n.seq = 1 OR n.seq > 1 AND q.seq IS NOT NULL) AS follows,
    n.balance_after = coalesce(q.balance_after, 0) + a.normal * n.amount AS carries,
    n.balance_after >= coalesce(a.min_balance, n.balance_after) AS above,
    n.recorded_at = e.recorded_at
      AND n.recorded_at >= coalesce(q.recorded_at, n.recorded_at) AS timed,
    n.hash = sha256(coalesce(q.hash, a.genesis) || e.digest || int4send(p.leg_no)
      || int8send(n.seq) || int8send(n.amount) || int8send(n.balance_after)) AS signed
    FROM ledger_entry n
    LEFT JOIN (
      SELECT a.id, a.book_id, a.code, a.normal, a.min_balance, a.version,
          ledger_genesis(a.code, a.type, a.normal, a.min_balance, b.code) AS genesis
        FROM ledger_account a JOIN ledger_book b ON b.id = a.book_id OFFSET 0) a
      ON a.id = n.account_id
    LEFT JOIN ledger_entry q ON q.account_id = n.account_id AND q.seq = n.seq - 1
    LEFT JOIN ledger_posting p ON p.id = n.posting_id
    LEFT JOIN (
      SELECT e.id, e.recorded_at, sha256(uuid_send(e.idem) || k.name || decode(d.sha256, 'hex')
          || int4send(e.effective_on - DATE '2000-01-01')
          || int8send((extract(epoch FROM e.at) * 1000000)::bigint)
          || int8send((extract(epoch FROM e.recorded_at) * 1000000)::bigint)
          || uuid_send(e.actor_id)
          || uuid_send(coalesce(e.approver_id, '00000000-0000-0000-0000-000000000000'))
          || decode(e.payload_sha256, 'hex')) AS digest
        FROM ledger_event e JOIN core_document d ON d.id = e.document_id
        JOIN (SELECT r.kind, ledger_name(r.kind) AS name FROM (
                SELECT kind FROM ledger_postingrule UNION SELECT 'reversal') r
              OFFSET 0) k ON k.kind = e.kind
      OFFSET 0) e ON e.id = p.event_id
   WHERE %(book)s IN (0, a.book_id)) w
 CROSS JOIN LATERAL (VALUES
   ('I1', 'it is not what its posting implies', w.implied),
   ('I2', 'the one before it is missing', w.follows),
   ('I3', 'it does not carry on from the one before', w.carries),
   ('I4', 'below the floor', w.above),
   ('I5', 'recorded before the one before', w.timed),
   ('I5', 'its hash is not of what it says', w.signed)) f(rule, text, good)
 WHERE (w.implied AND w.follows AND w.carries AND w.above AND w.timed AND w.signed) IS NOT TRUE
   AND f.good IS NOT TRUE;

-- events
SELECT f.rule, 'event ' || encode(uuid_send(w.idem), 'hex') || ': ' || f.text FROM (
  SELECT e.idem, e.legs = s.legs AND s.last = e.legs AS whole,
    s.alike AND s.book_id = e.book_id AS within,
    e.lines::text = s.lines AND (e.reverses_id IS NULL OR o.id IS NOT NULL) AS kept,
    d.id IS NOT NULL AND e.actor_id <> e.approver_id IS NOT FALSE AS answered,
    e.payload_sha256 = encode(sha256(k.name || decode(d.sha256, 'hex')
      || int4send(e.effective_on - DATE '2000-01-01')
      || uuid_send(coalesce(o.idem, '00000000-0000-0000-0000-000000000000'))
      || s.said), 'hex') AS sent
    FROM ledger_event e
    LEFT JOIN core_document d ON d.id = e.document_id
    LEFT JOIN ledger_event o ON o.id = e.reverses_id
    LEFT JOIN (SELECT r.kind, ledger_name(r.kind) AS name FROM (
                 SELECT kind FROM ledger_postingrule UNION SELECT 'reversal') r
               OFFSET 0) k ON k.kind = e.kind
    LEFT JOIN (
      WITH named AS MATERIALIZED (
        SELECT a.id, a.book_id, left(a.type, 1) AS part, ledger_name(a.code) AS name,
            to_json(a.type)::text || ', ' || to_json(a.key)::text AS line
          FROM ledger_account a)
      SELECT g.event_id, count(*) AS legs, max(g.leg_no) AS last, min(g.book_id) AS book_id,
          bool_and(g.alike) AS alike, string_agg(g.said, '') AS said,
          '[' || string_agg(g.line, ', ') || ']' AS lines
        FROM (
          SELECT p.event_id, p.leg_no, d.book_id,
              d.book_id = c.book_id AND d.part = c.part AS alike,
              d.name || c.name || int8send(p.amount) AS said,
              '[' || d.line || ', ' || c.line || ', ' || p.amount || ']' AS line
            FROM ledger_posting p
            LEFT JOIN named d ON d.id = p.debit_id LEFT JOIN named c ON c.id = p.credit_id
           ORDER BY p.event_id, p.leg_no) g
       GROUP BY g.event_id) s ON s.event_id = e.id
   WHERE %(book)s IN (0, e.book_id)) w
 CROSS JOIN LATERAL (VALUES
   ('I1', 'it leaves its set of accounts', w.within),
   ('I5', 'its legs are not those that were sent', w.sent AND w.kept),
   ('I13', 'it has not its legs', w.whole),
   ('I14', 'without a document, or one person recorded and approved it', w.answered)
   ) f(rule, text, good)
 WHERE (w.within AND w.sent AND w.kept AND w.whole AND w.answered) IS NOT TRUE
   AND f.good IS NOT TRUE;

-- postings
SELECT 'I1', 'event ' || coalesce(encode(uuid_send(e.idem), 'hex'), 'of posting ' || p.id)
    || ' leg ' || p.leg_no || ': it has not its two entries'
  FROM ledger_posting p LEFT JOIN ledger_event e ON e.id = p.event_id
  LEFT JOIN ledger_entry n ON n.posting_id = p.id
 WHERE %(book)s IN (0, e.book_id)
   AND (SELECT count(*) FROM ledger_entry) <> 2 * (SELECT count(*) FROM ledger_posting)
 GROUP BY p.id, p.leg_no, e.idem HAVING count(n.id) <> 2;

-- events of postings
SELECT 'I1', 'event of posting ' || p.id || ' leg ' || p.leg_no || ': there is no such event'
  FROM ledger_posting p WHERE %(book)s = 0
   AND NOT EXISTS (SELECT 1 FROM ledger_event e WHERE e.id = p.event_id);
