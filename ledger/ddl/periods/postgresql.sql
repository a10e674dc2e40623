-- Closed periods. The lock waits for every event that is being written, and lets none begin
-- until the closing is committed: an event takes the table's lock before its trigger asks for
-- closed periods, and each query of a trigger sees what was committed when it began.
CREATE OR REPLACE FUNCTION ledger_period_guard() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    PERFORM ledger_refuse('a period is closed in a transaction that sees what others commit');
  END IF;
  LOCK TABLE ledger_event IN SHARE ROW EXCLUSIVE MODE;
  IF NEW.through > (NEW.at AT TIME ZONE 'UTC')::date THEN
    PERFORM ledger_refuse('a period is closed once its last day has come');
  END IF;
  IF EXISTS (
    SELECT 1 FROM ledger_period p WHERE p.book_id = NEW.book_id AND p.through >= NEW.through)
  THEN
    PERFORM ledger_refuse('the book is closed through that day already');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER ledger_period_guard BEFORE INSERT ON ledger_period
  FOR EACH ROW EXECUTE FUNCTION ledger_period_guard();

CREATE OR REPLACE FUNCTION ledger_period_apply() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO ledger_snapshot (period_id, account_id, seq, balance)
  SELECT NEW.id, a.id, a.version, a.normal * coalesce((
    SELECT sum(n.amount) FROM ledger_entry n JOIN ledger_posting p ON p.id = n.posting_id
      JOIN ledger_event e ON e.id = p.event_id
     WHERE n.account_id = a.id AND e.effective_on <= NEW.through), 0)
    FROM ledger_account a WHERE a.book_id = NEW.book_id AND a.version > 0;
  RETURN NULL;
END $$;
CREATE TRIGGER ledger_period_apply AFTER INSERT ON ledger_period
  FOR EACH ROW EXECUTE FUNCTION ledger_period_apply();

CREATE OR REPLACE FUNCTION ledger_event_period() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    PERFORM ledger_refuse('an event is posted in a transaction that sees what others commit');
  END IF;
  IF EXISTS (
    SELECT 1 FROM ledger_period p
     WHERE p.book_id = NEW.book_id AND p.through >= NEW.effective_on)
  THEN
    PERFORM ledger_refuse('the day of the event lies in a closed period');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER ledger_event_period BEFORE INSERT ON ledger_event
  FOR EACH ROW EXECUTE FUNCTION ledger_event_period();

REVOKE ALL ON FUNCTION ledger_period_guard(), ledger_period_apply() FROM PUBLIC;
