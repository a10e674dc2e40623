-- Closed periods. Here one connection writes at a time: who closes waits for an event that is
-- being written, and an event that comes later sees the period.
CREATE TRIGGER ledger_period_guard BEFORE INSERT ON ledger_period BEGIN
  SELECT RAISE(ABORT, 'ledger: not a day as we write it')
   WHERE date(NEW.through) IS NOT NEW.through;
  SELECT RAISE(ABORT, 'ledger: a period is closed once its last day has come')
   WHERE COALESCE(NEW.through > date(NEW.at), 1);
  SELECT RAISE(ABORT, 'ledger: the book is closed through that day already') WHERE EXISTS (
    SELECT 1 FROM ledger_period p WHERE p.book_id = NEW.book_id AND p.through >= NEW.through);
END;

CREATE TRIGGER ledger_period_apply AFTER INSERT ON ledger_period BEGIN
  INSERT INTO ledger_snapshot (period_id, account_id, seq, balance)
  SELECT NEW.id, a.id, a.version, a.normal * COALESCE((
    SELECT SUM(n.amount) FROM ledger_entry n JOIN ledger_posting p ON p.id = n.posting_id
      JOIN ledger_event e ON e.id = p.event_id
     WHERE n.account_id = a.id AND e.effective_on <= NEW.through), 0)
    FROM ledger_account a WHERE a.book_id = NEW.book_id AND a.version > 0;
END;

CREATE TRIGGER ledger_snapshot_guard BEFORE INSERT ON ledger_snapshot BEGIN
  SELECT RAISE(ABORT, 'ledger: a snapshot is what its entries add up to') WHERE NOT EXISTS (
    SELECT 1 FROM ledger_period c JOIN ledger_account a ON a.book_id = c.book_id
     WHERE c.id = NEW.period_id AND a.id = NEW.account_id AND NEW.seq = a.version
       AND typeof(NEW.balance) = 'integer' AND NEW.balance = a.normal * COALESCE((
        SELECT SUM(n.amount) FROM ledger_entry n JOIN ledger_posting p ON p.id = n.posting_id
          JOIN ledger_event e ON e.id = p.event_id
         WHERE n.account_id = a.id AND e.effective_on <= c.through), 0));
END;

CREATE TRIGGER ledger_event_period BEFORE INSERT ON ledger_event BEGIN
  SELECT RAISE(ABORT, 'ledger: the day of the event lies in a closed period') WHERE EXISTS (
    SELECT 1 FROM ledger_period p
     WHERE p.book_id = NEW.book_id AND p.through >= NEW.effective_on);
END;

CREATE TRIGGER ledger_bankbalance_guard BEFORE INSERT ON ledger_bankbalance BEGIN
  SELECT RAISE(ABORT, 'ledger: a day and whole cents')
   WHERE date(NEW.day) IS NOT NEW.day OR typeof(NEW.cents) <> 'integer';
END;
