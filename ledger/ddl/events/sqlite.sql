-- The application inserts events; everything that follows from one is written here, or refused.
-- Each refusal is a line of its own with a reason of its own, the same as in postgresql.sql.
-- The outer statement's OR IGNORE or OR REPLACE reaches into triggers: hence the checks of what
-- exists already, and the counting of what came. CROSS JOIN keeps SQLite to the order written.

-- Accounts: opened empty and as the chart says, moved by entries alone.
CREATE TRIGGER ledger_account_open BEFORE INSERT ON ledger_account BEGIN
  SELECT RAISE(ABORT, 'ledger: this account exists') WHERE EXISTS (
    SELECT 1 FROM ledger_account a WHERE a.id = NEW.id OR a.code = NEW.code
       OR (a.book_id = NEW.book_id AND a.type = NEW.type AND a.key = NEW.key));
  SELECT RAISE(ABORT, 'ledger: an account opens empty')
   WHERE NEW.balance IS NOT 0 OR NEW.version IS NOT 0 OR NEW.closed IS NOT 0
      OR NEW.last_at IS NOT NULL;
  SELECT RAISE(ABORT, 'ledger: the account is not what its code and head say')
   WHERE NOT EXISTS (
    SELECT 1 FROM ledger_book b JOIN ledger_chartline line ON line.type = NEW.type
     WHERE b.id = NEW.book_id AND line.normal = NEW.normal
       AND line.min_balance IS NEW.min_balance AND line.is_keyed = (NEW.key <> '')
       AND NEW.code = b.code || '/' || NEW.type
           || CASE NEW.key WHEN '' THEN '' ELSE '[' || NEW.key || ']' END
       AND NEW.head = ledger_genesis(NEW.code, NEW.type, NEW.normal, NEW.min_balance, b.code));
END;

CREATE TRIGGER ledger_account_guard BEFORE UPDATE ON ledger_account BEGIN
  SELECT RAISE(ABORT, 'ledger: only an event moves money')
   WHERE NEW.id IS NOT OLD.id OR NEW.book_id IS NOT OLD.book_id OR NEW.code IS NOT OLD.code
      OR NEW.type IS NOT OLD.type OR NEW.key IS NOT OLD.key OR NEW.normal IS NOT OLD.normal
      OR NEW.min_balance IS NOT OLD.min_balance
      OR NOT (
        (NEW.closed = OLD.closed AND NEW.version = OLD.version + 1 AND EXISTS (
          SELECT 1 FROM ledger_entry n WHERE n.account_id = OLD.id AND n.seq = NEW.version
             AND n.balance_after = NEW.balance AND typeof(NEW.balance) = 'integer'
             AND n.hash = NEW.head AND n.recorded_at = NEW.last_at))
        OR (NEW.closed = 1 AND OLD.key <> '' AND OLD.balance = 0
          AND NEW.balance = OLD.balance AND NEW.version = OLD.version
          AND NEW.head = OLD.head AND NEW.last_at IS OLD.last_at));
END;

CREATE TRIGGER ledger_book_open AFTER INSERT ON ledger_book BEGIN
  INSERT INTO ledger_account
    (book_id, code, type, key, normal, balance, min_balance, version, head, closed)
  SELECT NEW.id, NEW.code || '/' || type, type, '', normal, 0, min_balance, 0,
    ledger_genesis(NEW.code || '/' || type, type, normal, min_balance, NEW.code), 0
    FROM ledger_chartline WHERE NOT is_keyed ORDER BY type;
END;

-- Events: keys have one spelling, so that one key is one event; legs are read as they are meant.
CREATE TRIGGER ledger_event_guard BEFORE INSERT ON ledger_event BEGIN
  SELECT RAISE(ABORT, 'ledger: this key has been used') WHERE EXISTS (
    SELECT 1 FROM ledger_event e WHERE e.id = NEW.id OR e.idem = NEW.idem
       OR e.reverses_id = NEW.reverses_id);
  SELECT RAISE(ABORT, 'ledger: not a key, a day and an instant as we write them')
   WHERE typeof(NEW.legs) <> 'integer' OR length(NEW.idem) <> 32
      OR NEW.idem GLOB '*[^0-9a-f]*' OR date(NEW.effective_on) IS NOT NEW.effective_on
      OR datetime(NEW.at) IS NOT substr(NEW.at, 1, 19)
      OR datetime(NEW.recorded_at) IS NOT substr(NEW.recorded_at, 1, 19);
  SELECT RAISE(ABORT, 'ledger: a leg is two accounts and whole cents')
   WHERE json_array_length(NEW.lines) <> NEW.legs OR EXISTS (
    SELECT 1 FROM json_each(NEW.lines) leg
     WHERE json_type(leg.value, '$[4]') IS NOT 'integer'
        OR json_extract(leg.value, '$[4]') NOT BETWEEN 1 AND 10000000000000
        OR (json_extract(leg.value, '$[0]') = json_extract(leg.value, '$[2]') AND json_extract(leg.value, '$[1]') = json_extract(leg.value, '$[3]')));
END;

CREATE TRIGGER ledger_event_apply AFTER INSERT ON ledger_event BEGIN
  SELECT RAISE(ABORT, 'ledger: an event has its document and its people')
   WHERE NOT EXISTS (SELECT 1 FROM core_document p WHERE p.id = NEW.document_id)
      OR NOT EXISTS (SELECT 1 FROM core_person who WHERE who.id = NEW.actor_id)
      OR (NEW.approver_id IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM core_person who WHERE who.id = NEW.approver_id));
  INSERT INTO ledger_account
    (book_id, code, type, key, normal, balance, min_balance, version, head, closed)
  SELECT b.id, named.code, line.type, named.key, line.normal, 0, line.min_balance, 0,
    ledger_genesis(named.code, line.type, line.normal, line.min_balance, b.code), 0
    FROM ledger_book b
    JOIN (
      SELECT DISTINCT type, key, code FROM (
        SELECT json_extract(leg.value, '$[0]') AS type, json_extract(leg.value, '$[1]') AS key,
          x.code || '/' || json_extract(leg.value, '$[0]')
            || CASE json_extract(leg.value, '$[1]') WHEN '' THEN '' ELSE '[' || json_extract(leg.value, '$[1]') || ']' END AS code
          FROM json_each(NEW.lines) leg JOIN ledger_book x ON x.id = NEW.book_id
        UNION ALL
        SELECT json_extract(leg.value, '$[2]'), json_extract(leg.value, '$[3]'),
          x.code || '/' || json_extract(leg.value, '$[2]')
            || CASE json_extract(leg.value, '$[3]') WHEN '' THEN '' ELSE '[' || json_extract(leg.value, '$[3]') || ']' END
          FROM json_each(NEW.lines) leg JOIN ledger_book x ON x.id = NEW.book_id)) named
    JOIN ledger_chartline line ON line.type = named.type AND line.is_keyed = (named.key <> '')
   WHERE b.id = NEW.book_id
     AND NOT EXISTS (SELECT 1 FROM ledger_account a WHERE a.code = named.code)
   ORDER BY named.code;
  SELECT RAISE(ABORT, 'ledger: a reversal is the mirror of its event')
   WHERE NEW.reverses_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM ledger_event e WHERE e.id = NEW.reverses_id AND e.book_id = NEW.book_id
       AND json(NEW.lines) = (
      SELECT json_group_array(json_array(json_extract(leg, '$[2]'), json_extract(leg, '$[3]'),
          json_extract(leg, '$[0]'), json_extract(leg, '$[1]'), json_extract(leg, '$[4]')))
        FROM (SELECT value AS leg FROM json_each(e.lines) ORDER BY key DESC)));
  SELECT RAISE(ABORT, 'ledger: an event of this kind is not taken back') WHERE EXISTS (
    SELECT 1 FROM ledger_event e WHERE e.id = NEW.reverses_id
       AND e.kind IN ('settlement', 'reversal', 'headroom_opened', 'groups_linked'));
  SELECT RAISE(ABORT, 'ledger: the closed list does not allow this posting') WHERE EXISTS (
    SELECT 1 FROM json_each(NEW.lines) leg
      LEFT JOIN ledger_event e ON e.id = NEW.reverses_id
      LEFT JOIN ledger_postingrule r ON r.kind = COALESCE(e.kind, NEW.kind)
       AND r.debit_type = json_extract(leg.value, CASE WHEN e.id IS NULL THEN '$[0]' ELSE '$[2]' END)
       AND r.credit_type = json_extract(leg.value, CASE WHEN e.id IS NULL THEN '$[2]' ELSE '$[0]' END)
     WHERE r.id IS NULL OR (r.same_key
       AND json_extract(leg.value, '$[1]') <> json_extract(leg.value, '$[3]')));
  SELECT RAISE(ABORT, 'ledger: the grant is settled, or not yet') WHERE EXISTS (
    SELECT 1 FROM json_each(NEW.lines) leg
      LEFT JOIN ledger_event e ON e.id = NEW.reverses_id
      JOIN ledger_postingrule r ON r.kind = COALESCE(e.kind, NEW.kind)
       AND r.debit_type = json_extract(leg.value, CASE WHEN e.id IS NULL THEN '$[0]' ELSE '$[2]' END)
       AND r.credit_type = json_extract(leg.value, CASE WHEN e.id IS NULL THEN '$[2]' ELSE '$[0]' END)
     WHERE r.phase = CASE WHEN EXISTS (
       SELECT 1 FROM ledger_settlement z WHERE z.book_id = NEW.book_id) THEN 'open' ELSE 'settled' END);
  SELECT RAISE(ABORT, 'ledger: two persons answer for this')
   WHERE (NEW.approver_id IS NULL OR NEW.approver_id = NEW.actor_id) AND (
    NEW.reverses_id IS NOT NULL OR EXISTS (
      SELECT 1 FROM ledger_postingrule r WHERE r.kind = NEW.kind AND r.two_persons));
  SELECT RAISE(ABORT, 'ledger: head-room is opened once')
   WHERE NEW.kind = 'headroom_opened' AND (EXISTS (
    SELECT 1 FROM json_each(NEW.lines) leg CROSS JOIN ledger_account a
        ON a.book_id = NEW.book_id AND a.type = json_extract(leg.value, '$[2]') AND a.key = json_extract(leg.value, '$[3]')
     WHERE a.version > 0)
    OR (SELECT COUNT(DISTINCT json_extract(leg.value, '$[3]')) FROM json_each(NEW.lines) leg) < NEW.legs);
  SELECT RAISE(ABORT, 'ledger: the payload is not of these legs')
   WHERE NEW.payload_sha256 IS NOT (
    SELECT ledger_payload(NEW.kind, p.sha256, NEW.effective_on, e.idem, b.code, NEW.lines)
      FROM ledger_book b JOIN core_document p ON p.id = NEW.document_id
      LEFT JOIN ledger_event e ON e.id = NEW.reverses_id WHERE b.id = NEW.book_id);
  INSERT INTO ledger_posting (event_id, leg_no, debit_id, credit_id, amount)
  SELECT NEW.id, leg.key + 1, d.id, c.id, json_extract(leg.value, '$[4]')
    FROM json_each(NEW.lines) leg
    CROSS JOIN ledger_account d
      ON d.book_id = NEW.book_id AND d.type = json_extract(leg.value, '$[0]') AND d.key = json_extract(leg.value, '$[1]')
    CROSS JOIN ledger_account c
      ON c.book_id = NEW.book_id AND c.type = json_extract(leg.value, '$[2]') AND c.key = json_extract(leg.value, '$[3]')
   ORDER BY leg.key;
  SELECT RAISE(ABORT, 'ledger: the chart has no such account')
   WHERE NEW.legs > (SELECT COUNT(*) FROM ledger_posting p WHERE p.event_id = NEW.id);

  -- Ties between accounts of the book, now that the event is posted.
  SELECT RAISE(ABORT, 'ledger: the SME share of the grant would fall short')
   WHERE EXISTS (SELECT 1 FROM ledger_posting p CROSS JOIN ledger_account c ON c.id = p.credit_id
                  WHERE p.event_id = NEW.id AND c.type IN ('B.COORD', 'B.APPR'))
     AND EXISTS (
    SELECT 1 FROM ledger_book b, (
      SELECT SUM(CASE type WHEN 'B.AWARD' THEN balance WHEN 'B.APPR' THEN -balance ELSE 0 END)
               AS allotted,
             SUM(CASE WHEN type IN ('B.COORD', 'B.CCLAIM', 'B.CACC') THEN balance ELSE 0 END)
               AS coordination
        FROM ledger_account WHERE book_id = NEW.book_id AND key = '') h
     WHERE b.id = NEW.book_id
       AND (b.share_d - b.share_n) * (h.allotted - h.coordination)
           < b.share_n * h.coordination);
  SELECT RAISE(ABORT, 'ledger: split the grant before using it')
   WHERE EXISTS (SELECT 1 FROM ledger_posting p CROSS JOIN ledger_account c ON c.id = p.credit_id
                  WHERE p.event_id = NEW.id AND c.type IN ('B.CALL', 'B.CCLAIM'))
     AND EXISTS (SELECT 1 FROM ledger_account a
                  WHERE a.book_id = NEW.book_id AND a.type = 'B.APPR' AND a.balance <> 0);
  SELECT RAISE(ABORT, 'ledger: spent is what was accepted')
   WHERE EXISTS (SELECT 1 FROM ledger_posting p CROSS JOIN ledger_account d ON d.id = p.debit_id
                  WHERE p.event_id = NEW.id
                    AND d.type IN ('P.SEXP', 'P.CEXP', 'B.SACC', 'B.CACC'))
     AND EXISTS (
    SELECT 1 FROM ledger_account x JOIN ledger_account y ON y.book_id = x.book_id
       AND y.type = CASE x.type WHEN 'P.SEXP' THEN 'B.SACC' ELSE 'B.CACC' END
     WHERE x.book_id = NEW.book_id AND x.type IN ('P.SEXP', 'P.CEXP') AND x.key = ''
       AND x.balance > y.balance);
  SELECT RAISE(ABORT, 'ledger: an advance is part of its voucher') WHERE EXISTS (
    SELECT 1 FROM (
      SELECT DISTINCT CASE WHEN d.type IN ('P.SADV', 'B.VADV', 'B.CLAIM') THEN d.key ELSE c.key END
               AS key
        FROM ledger_posting p CROSS JOIN ledger_account d ON d.id = p.debit_id
        CROSS JOIN ledger_account c ON c.id = p.credit_id
       WHERE p.event_id = NEW.id AND (d.type IN ('P.SADV', 'B.VADV', 'B.CLAIM')
         OR c.type IN ('P.SADV', 'B.VADV'))) AS touched
     WHERE EXISTS (
      SELECT 1 FROM (
        SELECT SUM(CASE v.type WHEN 'P.SADV' THEN v.balance ELSE 0 END) AS is_out,
               SUM(CASE v.type WHEN 'B.VADV' THEN v.balance ELSE 0 END) AS unclaimed,
               SUM(CASE v.type WHEN 'B.CLAIM' THEN v.balance ELSE 0 END) AS claimed
          FROM ledger_account v WHERE v.book_id = NEW.book_id AND v.key = touched.key
           AND v.type IN ('P.SADV', 'B.VADV', 'B.CLAIM'))
       WHERE is_out NOT BETWEEN unclaimed AND unclaimed + claimed));
  SELECT RAISE(ABORT, 'ledger: head-room is what the use leaves of the cap')
   WHERE EXISTS (SELECT 1 FROM ledger_posting p CROSS JOIN ledger_account d ON d.id = p.debit_id
                   CROSS JOIN ledger_account c ON c.id = p.credit_id
                  WHERE p.event_id = NEW.id
                    AND (d.type IN ('L.USED', 'L.CTL') OR c.type = 'L.CTL'))
     AND EXISTS (
    SELECT 1 FROM (
      SELECT COALESCE(r.balance, 0) AS room, COALESCE(u.balance, 0) AS used, (
        SELECT COALESCE(SUM(n.balance_after), 0) FROM ledger_entry n
         WHERE n.account_id = r.id AND n.seq = 1) AS cap
        FROM ledger_posting p CROSS JOIN ledger_account a ON a.id IN (p.debit_id, p.credit_id)
        LEFT JOIN ledger_account r
          ON r.book_id = a.book_id AND r.type = 'L.CAP' AND r.key = a.key
        LEFT JOIN ledger_account u
          ON u.book_id = a.book_id AND u.type = 'L.USED' AND u.key = a.key
       WHERE p.event_id = NEW.id AND a.type IN ('L.CAP', 'L.USED'))
     WHERE room <> MAX(cap - used, 0)
       AND NOT (NEW.kind = 'groups_linked' AND room = 0 AND used = 0));
  SELECT RAISE(ABORT, 'ledger: income is what the formula pays')
   WHERE EXISTS (SELECT 1 FROM ledger_posting p JOIN ledger_account a
                     ON a.id IN (p.debit_id, p.credit_id)
                  WHERE p.event_id = NEW.id AND a.type = 'P.INCOME')
     AND NOT EXISTS (
    SELECT 1 FROM ledger_book b
      JOIN ledger_account i ON i.book_id = b.id AND i.type = 'P.INCOME'
      JOIN ledger_account g ON g.book_id = b.id AND g.type = 'B.AWARD'
      JOIN ledger_account s ON s.book_id = b.id AND s.type = 'B.SACC'
      JOIN ledger_account c ON c.book_id = b.id AND c.type = 'B.CACC'
     WHERE b.id = NEW.book_id AND CASE
       WHEN EXISTS (SELECT 1 FROM ledger_settlement z WHERE z.book_id = b.id)
       THEN i.balance = (SELECT z.payable FROM ledger_settlement z WHERE z.book_id = b.id
                          ORDER BY z.n DESC LIMIT 1)
       ELSE i.balance <= MIN(g.balance, s.balance
              + MIN(c.balance, s.balance * (b.share_d - b.share_n) / b.share_n)) END);
END;

-- Postings: only as a leg of an event that is being posted.
CREATE TRIGGER ledger_posting_guard BEFORE INSERT ON ledger_posting BEGIN
  SELECT RAISE(ABORT, 'ledger: only an event moves money') WHERE NOT EXISTS (
    SELECT 1 FROM ledger_event e WHERE e.id = NEW.event_id AND NEW.leg_no <= e.legs
       AND NEW.leg_no = 1 + (
         SELECT COALESCE(MAX(p.leg_no), 0) FROM ledger_posting p WHERE p.event_id = e.id))
    OR EXISTS (SELECT 1 FROM ledger_posting p WHERE p.id = NEW.id);
END;

CREATE TRIGGER ledger_posting_apply AFTER INSERT ON ledger_posting BEGIN
  INSERT INTO ledger_entry
    (posting_id, account_id, seq, amount, balance_after, recorded_at, hash)
  SELECT NEW.id, a.id, a.version + 1, NEW.amount, a.balance + a.normal * NEW.amount,
    e.recorded_at, ledger_link(a.head, ledger_digest(e.idem, e.kind, d.sha256, e.effective_on,
        e.at, e.recorded_at, e.actor_id, e.approver_id, e.payload_sha256),
      NEW.leg_no, a.version + 1, NEW.amount, a.balance + a.normal * NEW.amount)
    FROM ledger_event e JOIN core_document d ON d.id = e.document_id
    JOIN ledger_account a ON a.id = NEW.debit_id WHERE e.id = NEW.event_id;
  INSERT INTO ledger_entry
    (posting_id, account_id, seq, amount, balance_after, recorded_at, hash)
  SELECT NEW.id, a.id, a.version + 1, -NEW.amount, a.balance - a.normal * NEW.amount,
    e.recorded_at, ledger_link(a.head, ledger_digest(e.idem, e.kind, d.sha256, e.effective_on,
        e.at, e.recorded_at, e.actor_id, e.approver_id, e.payload_sha256),
      NEW.leg_no, a.version + 1, -NEW.amount, a.balance - a.normal * NEW.amount)
    FROM ledger_event e JOIN core_document d ON d.id = e.document_id
    JOIN ledger_account a ON a.id = NEW.credit_id WHERE e.id = NEW.event_id;
  SELECT RAISE(ABORT, 'ledger: the posting did not reach both of its accounts')
   WHERE (SELECT COUNT(*) FROM ledger_entry n JOIN ledger_account a
            ON a.id = n.account_id AND a.version = n.seq AND a.balance = n.balance_after
           WHERE n.posting_id = NEW.id) <> 2;
END;

-- Entries: one on each side of a posting that is being written, never below a floor.
CREATE TRIGGER ledger_entry_guard BEFORE INSERT ON ledger_entry BEGIN
  SELECT RAISE(ABORT, 'ledger: only an event moves money') WHERE NOT EXISTS (
    SELECT 1 FROM ledger_posting p JOIN ledger_account a ON a.id = NEW.account_id
     WHERE p.id = NEW.posting_id AND typeof(NEW.amount) = 'integer'
       AND ((a.id = p.debit_id AND NEW.amount = p.amount)
         OR (a.id = p.credit_id AND NEW.amount = -p.amount))
       AND NEW.seq = a.version + 1
       AND NEW.balance_after = a.balance + a.normal * NEW.amount)
    OR EXISTS (SELECT 1 FROM ledger_entry n WHERE n.id = NEW.id
       OR (n.posting_id = NEW.posting_id AND n.account_id = NEW.account_id));
  SELECT RAISE(ABORT, 'ledger: the account is closed') WHERE EXISTS (
    SELECT 1 FROM ledger_account a WHERE a.id = NEW.account_id AND a.closed);
  SELECT RAISE(ABORT, 'ledger: recorded before the last entry of the account') WHERE EXISTS (
    SELECT 1 FROM ledger_account a WHERE a.id = NEW.account_id AND a.last_at > NEW.recorded_at);
  SELECT RAISE(ABORT, 'ledger: the account would fall below its floor') WHERE EXISTS (
    SELECT 1 FROM ledger_account a
     WHERE a.id = NEW.account_id AND NEW.balance_after < a.min_balance);
END;

CREATE TRIGGER ledger_entry_apply AFTER INSERT ON ledger_entry BEGIN
  UPDATE ledger_account
     SET balance = NEW.balance_after, version = NEW.seq, head = NEW.hash,
         last_at = NEW.recorded_at
   WHERE id = NEW.account_id;
END;
