-- Checkpoints: each continues the one before; what it saw is written before it, never after.
CREATE OR REPLACE FUNCTION ledger_checkpoint_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM (SELECT coalesce(max(c.n), 0) AS n FROM ledger_checkpoint c) last
     WHERE NEW.n = last.n + 1 AND NEW.prev_root = coalesce(
       (SELECT c.root FROM ledger_checkpoint c WHERE c.n = last.n),
       decode(repeat('00', 32), 'hex')))
  THEN
    PERFORM ledger_refuse('a checkpoint continues the one before');
  END IF;
  IF (length(NEW.root), length(NEW.public_key), length(NEW.signature)) <> (32, 32, 64) THEN
    PERFORM ledger_refuse('a checkpoint is signed');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER ledger_checkpoint_guard BEFORE INSERT ON ledger_checkpoint
  FOR EACH ROW EXECUTE FUNCTION ledger_checkpoint_guard();

CREATE OR REPLACE FUNCTION ledger_checkpoint_complete() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM ledger_checkpoint c WHERE c.n >= NEW.checkpoint_id) THEN
    PERFORM ledger_refuse('this checkpoint is complete');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER ledger_checkpointhead_guard BEFORE INSERT ON ledger_checkpointhead
  FOR EACH ROW EXECUTE FUNCTION ledger_checkpoint_complete();
CREATE TRIGGER ledger_checkpointrow_guard BEFORE INSERT ON ledger_checkpointrow
  FOR EACH ROW EXECUTE FUNCTION ledger_checkpoint_complete();
