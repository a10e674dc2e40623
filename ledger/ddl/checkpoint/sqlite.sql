-- Checkpoints: each continues the one before; what it saw is written before it, never after.
CREATE TRIGGER ledger_checkpoint_guard BEFORE INSERT ON ledger_checkpoint BEGIN
  SELECT RAISE(ABORT, 'ledger: a checkpoint continues the one before') WHERE NOT EXISTS (
    SELECT 1 FROM (SELECT COALESCE(MAX(c.n), 0) AS n FROM ledger_checkpoint c) last
     WHERE NEW.n = last.n + 1 AND typeof(NEW.n) = 'integer' AND NEW.prev_root = COALESCE(
       (SELECT c.root FROM ledger_checkpoint c WHERE c.n = last.n), zeroblob(32)));
  SELECT RAISE(ABORT, 'ledger: a checkpoint is signed')
   WHERE typeof(NEW.root) <> 'blob' OR length(NEW.root) <> 32
      OR length(NEW.public_key) <> 32 OR length(NEW.signature) <> 64;
END;

CREATE TRIGGER ledger_checkpointhead_guard BEFORE INSERT ON ledger_checkpointhead BEGIN
  SELECT RAISE(ABORT, 'ledger: this checkpoint is complete') WHERE EXISTS (
    SELECT 1 FROM ledger_checkpoint c WHERE c.n >= NEW.checkpoint_id);
END;

CREATE TRIGGER ledger_checkpointrow_guard BEFORE INSERT ON ledger_checkpointrow BEGIN
  SELECT RAISE(ABORT, 'ledger: this checkpoint is complete') WHERE EXISTS (
    SELECT 1 FROM ledger_checkpoint c WHERE c.n >= NEW.checkpoint_id);
END;
