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
    SELECT 1 FROM ledger_book b WHERE b.id = NEW.book_id
       AND NEW.code = b.code || '/' || NEW.type
           || CASE NEW.key WHEN '' THEN '' ELSE '[' || NEW.key || ']' END
       AND NEW.head = ledger_genesis(NEW.code, NEW.type, NEW.normal, NEW.min_balance, b.code));
END;

CREATE TRIGGER ledger_account_guard BEFORE UPDATE ON ledger_account BEGIN
  SELECT RAISE(ABORT, 'ledger: a balance changes by an entry alone')
   WHERE NEW.id IS NOT OLD.id OR NEW.book_id IS NOT OLD.book_id OR NEW.code IS NOT OLD.code
      OR NEW.type IS NOT OLD.type OR NEW.key IS NOT OLD.key OR NEW.normal IS NOT OLD.normal
      OR NEW.min_balance IS NOT OLD.min_balance
      OR NOT (
        (NEW.closed = OLD.closed AND NEW.version = OLD.version + 1 AND EXISTS (
          SELECT 1 FROM ledger_entry n WHERE n.account_id = OLD.id AND n.seq = NEW.version
             AND n.balance_after = NEW.balance AND typeof(NEW.balance) = 'integer'
             AND n.hash = NEW.head AND n.recorded_at = NEW.last_at))
        OR (NEW.closed = 1 AND OLD.closed = 0 AND OLD.key <> '' AND OLD.balance = 0
          AND NEW.balance = OLD.balance AND NEW.version = OLD.version
          AND NEW.head = OLD.head AND NEW.last_at IS OLD.last_at));
END;

-- Events: keys have one spelling, so that one key is one event.
CREATE TRIGGER ledger_event_guard BEFORE INSERT ON ledger_event BEGIN
  SELECT RAISE(ABORT, 'ledger: not a key, a day and an instant as we write them')
   WHERE typeof(NEW.legs) <> 'integer' OR length(NEW.idem) <> 32
      OR NEW.idem GLOB '*[^0-9a-f]*' OR date(NEW.effective_on) IS NOT NEW.effective_on
      OR datetime(NEW.recorded_at) IS NOT substr(NEW.recorded_at, 1, 19);
END;

-- Postings: closed list, one book, legs in order.
CREATE TRIGGER ledger_posting_guard BEFORE INSERT ON ledger_posting BEGIN
  SELECT RAISE(ABORT, 'ledger: this posting exists') WHERE EXISTS (
    SELECT 1 FROM ledger_posting p
     WHERE p.id = NEW.id OR (p.event_id = NEW.event_id AND p.leg_no = NEW.leg_no));
  SELECT RAISE(ABORT, 'ledger: an amount is a whole number of cents')
   WHERE typeof(NEW.amount) <> 'integer' OR NEW.amount NOT BETWEEN 1 AND 10000000000000;
  SELECT RAISE(ABORT, 'ledger: legs come in order, as many as the event has')
   WHERE NOT EXISTS (
    SELECT 1 FROM ledger_event e WHERE e.id = NEW.event_id AND NEW.leg_no <= e.legs
       AND NEW.leg_no = 1 + (SELECT COUNT(*) FROM ledger_posting p WHERE p.event_id = e.id));
  SELECT RAISE(ABORT, 'ledger: the closed list does not allow this posting')
   WHERE NOT EXISTS (
    SELECT 1 FROM ledger_event e
      JOIN ledger_account d ON d.id = NEW.debit_id AND d.book_id = e.book_id
      JOIN ledger_account c ON c.id = NEW.credit_id AND c.book_id = e.book_id
      JOIN ledger_postingrule r
        ON r.kind = e.kind AND r.debit_type = d.type AND r.credit_type = c.type
     WHERE e.id = NEW.event_id AND (NOT r.same_key OR d.key = c.key)
       AND (r.phase = 'any' OR (r.phase = 'settled') = EXISTS (
            SELECT 1 FROM ledger_settlement s WHERE s.book_id = e.book_id)));
  SELECT RAISE(ABORT, 'ledger: head-room is opened once') WHERE EXISTS (
    SELECT 1 FROM ledger_event e JOIN ledger_account c ON c.id = NEW.credit_id
     WHERE e.id = NEW.event_id AND e.kind = 'headroom_opened' AND c.version > 0);
END;

CREATE TRIGGER ledger_posting_apply AFTER INSERT ON ledger_posting BEGIN
  INSERT INTO ledger_entry
    (posting_id, account_id, seq, amount, balance_after, recorded_at, hash)
  SELECT NEW.id, a.id, a.version + 1, NEW.amount, a.balance + a.normal * NEW.amount,
    e.recorded_at, ledger_link(a.head, e.idem, NEW.leg_no, a.code, a.version + 1, NEW.amount,
      a.balance + a.normal * NEW.amount, e.effective_on, e.recorded_at, e.kind, e.actor_id,
      e.approver_id, e.payload_sha256, d.sha256)
    FROM ledger_event e JOIN core_document d ON d.id = e.document_id
    JOIN ledger_account a ON a.id = NEW.debit_id WHERE e.id = NEW.event_id;
  INSERT INTO ledger_entry
    (posting_id, account_id, seq, amount, balance_after, recorded_at, hash)
  SELECT NEW.id, a.id, a.version + 1, -NEW.amount, a.balance - a.normal * NEW.amount,
    e.recorded_at, ledger_link(a.head, e.idem, NEW.leg_no, a.code, a.version + 1, -NEW.amount,
      a.balance - a.normal * NEW.amount, e.effective_on, e.recorded_at, e.kind, e.actor_id,
      e.approver_id, e.payload_sha256, d.sha256)
    FROM ledger_event e JOIN core_document d ON d.id = e.document_id
    JOIN ledger_account a ON a.id = NEW.credit_id WHERE e.id = NEW.event_id;
  -- INSERT OR IGNORE skips a row that breaks a CHECK, here inside too: so count what came.
  SELECT RAISE(ABORT, 'ledger: the posting did not reach both of its accounts')
   WHERE (SELECT COUNT(*) FROM ledger_entry n JOIN ledger_account a
            ON a.id = n.account_id AND a.version = n.seq AND a.balance = n.balance_after
           WHERE n.posting_id = NEW.id) <> 2;
END;

-- Entries: only what their posting implies, never below a floor, never on a closed account.
CREATE TRIGGER ledger_entry_guard BEFORE INSERT ON ledger_entry BEGIN
  SELECT RAISE(ABORT, 'ledger: this entry exists') WHERE EXISTS (
    SELECT 1 FROM ledger_entry n WHERE n.id = NEW.id
       OR (n.account_id = NEW.account_id AND n.seq = NEW.seq)
       OR (n.posting_id = NEW.posting_id AND n.account_id = NEW.account_id));
  SELECT RAISE(ABORT, 'ledger: an entry is what its posting implies')
   WHERE NOT EXISTS (
    SELECT 1 FROM ledger_posting p JOIN ledger_event e ON e.id = p.event_id
      JOIN core_document d ON d.id = e.document_id
      JOIN ledger_account a ON a.id = NEW.account_id
     WHERE p.id = NEW.posting_id AND typeof(NEW.amount) = 'integer'
       AND ((a.id = p.debit_id AND NEW.amount = p.amount)
         OR (a.id = p.credit_id AND NEW.amount = -p.amount))
       AND NEW.seq = a.version + 1 AND NEW.recorded_at = e.recorded_at
       AND NEW.balance_after = a.balance + a.normal * NEW.amount
       AND NEW.hash = ledger_link(a.head, e.idem, p.leg_no, a.code, NEW.seq, NEW.amount,
         NEW.balance_after, e.effective_on, e.recorded_at, e.kind, e.actor_id, e.approver_id,
         e.payload_sha256, d.sha256));
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

-- Ties between accounts of one book.
CREATE TRIGGER ledger_tie_earmark AFTER UPDATE ON ledger_account
WHEN NEW.type IN ('B.COORD', 'B.APPR') AND NEW.balance > OLD.balance BEGIN
  SELECT RAISE(ABORT, 'ledger: the SME share of the grant would fall short') WHERE NOT EXISTS (
    SELECT 1 FROM ledger_book b, (
      SELECT SUM(CASE type WHEN 'B.AWARD' THEN balance WHEN 'B.APPR' THEN -balance ELSE 0 END)
               AS allotted,
             SUM(CASE WHEN type IN ('B.COORD', 'B.CCLAIM', 'B.CACC') THEN balance ELSE 0 END)
               AS coordination
        FROM ledger_account WHERE book_id = NEW.book_id AND key = '') h
     WHERE b.id = NEW.book_id
       AND (b.share_d - b.share_n) * (h.allotted - h.coordination)
           >= b.share_n * h.coordination);
END;

CREATE TRIGGER ledger_tie_split AFTER UPDATE ON ledger_account
WHEN NEW.type IN ('B.CALL', 'B.CCLAIM') AND NEW.balance > OLD.balance BEGIN
  SELECT RAISE(ABORT, 'ledger: split the grant before using it') WHERE EXISTS (
    SELECT 1 FROM ledger_account a
     WHERE a.book_id = NEW.book_id AND a.type = 'B.APPR' AND a.balance <> 0);
END;

CREATE TRIGGER ledger_tie_spent AFTER UPDATE ON ledger_account
WHEN NEW.type IN ('P.SEXP', 'P.CEXP') AND NEW.balance > OLD.balance BEGIN
  SELECT RAISE(ABORT, 'ledger: spent is what was accepted') WHERE NEW.balance > (
    SELECT a.balance FROM ledger_account a WHERE a.book_id = NEW.book_id
       AND a.type = CASE NEW.type WHEN 'P.SEXP' THEN 'B.SACC' ELSE 'B.CACC' END);
END;

CREATE TRIGGER ledger_tie_advance AFTER UPDATE ON ledger_account
WHEN NEW.type = 'P.SADV' AND NEW.balance > OLD.balance BEGIN
  SELECT RAISE(ABORT, 'ledger: an advance is part of its voucher') WHERE NEW.balance > (
    SELECT COALESCE(SUM(a.balance), 0) FROM ledger_account a WHERE a.book_id = NEW.book_id
       AND a.type IN ('B.VADV', 'B.CLAIM') AND a.key = NEW.key);
END;

CREATE TRIGGER ledger_tie_income AFTER UPDATE ON ledger_account
WHEN NEW.type = 'P.INCOME' AND NEW.balance <> OLD.balance BEGIN
  SELECT RAISE(ABORT, 'ledger: income is what the formula pays') WHERE NOT EXISTS (
    SELECT 1 FROM ledger_book b
     WHERE b.id = NEW.book_id AND (
      NEW.balance <= (
        SELECT MIN(g.balance, s.balance
          + MIN(c.balance, s.balance * (b.share_d - b.share_n) / b.share_n))
          FROM ledger_account g JOIN ledger_account s ON s.book_id = g.book_id
          JOIN ledger_account c ON c.book_id = g.book_id
         WHERE g.book_id = b.id AND g.type = 'B.AWARD' AND s.type = 'B.SACC'
           AND c.type = 'B.CACC')
      AND NOT EXISTS (SELECT 1 FROM ledger_settlement x WHERE x.book_id = b.id)
      OR NEW.balance = (SELECT x.payable FROM ledger_settlement x WHERE x.book_id = b.id
                         ORDER BY x.n DESC LIMIT 1)));
END;

-- Settlements: from the ledger's own S and C, and only when nothing is open.
CREATE TRIGGER ledger_settlement_guard BEFORE INSERT ON ledger_settlement BEGIN
  SELECT RAISE(ABORT, 'ledger: amounts are whole numbers of cents')
   WHERE typeof(NEW.grant_max) <> 'integer' OR typeof(NEW.s_accepted) <> 'integer'
      OR typeof(NEW.c_accepted) <> 'integer' OR typeof(NEW.payable) <> 'integer'
      OR typeof(NEW.sme_part) <> 'integer' OR typeof(NEW.coord_part) <> 'integer'
      OR typeof(NEW.share_n) <> 'integer' OR typeof(NEW.share_d) <> 'integer';
  SELECT RAISE(ABORT, 'ledger: the settlement is not of the ledger''s own figures')
   WHERE NOT EXISTS (
    SELECT 1 FROM ledger_book b
      JOIN ledger_account g ON g.book_id = b.id AND g.type = 'B.AWARD'
      JOIN ledger_account s ON s.book_id = b.id AND s.type = 'B.SACC'
      JOIN ledger_account c ON c.book_id = b.id AND c.type = 'B.CACC'
     WHERE b.id = NEW.book_id AND NEW.share_n = b.share_n AND NEW.share_d = b.share_d
       AND NEW.grant_max <= g.balance AND NEW.s_accepted = s.balance AND NEW.s_seq = s.version
       AND NEW.c_accepted = c.balance AND NEW.c_seq = c.version
       AND NEW.n = 1 + (SELECT COUNT(*) FROM ledger_settlement x WHERE x.book_id = b.id));
  SELECT RAISE(ABORT, 'ledger: something is still open') WHERE EXISTS (
    SELECT 1 FROM ledger_account a WHERE a.book_id = NEW.book_id AND a.balance <> 0
       AND a.type IN ('B.APPR', 'B.RESV', 'B.VCH', 'B.VADV', 'B.CLAIM', 'B.CCLAIM', 'P.SPAY'));
END;
