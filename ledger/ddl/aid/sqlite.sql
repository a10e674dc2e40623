-- De minimis aid. Every holder is its own root at first; the last membership counts.
CREATE TRIGGER ledger_aidholder_open AFTER INSERT ON ledger_aidholder BEGIN
  INSERT INTO ledger_aidmember (holder_id, root_id, since) VALUES (NEW.id, NEW.id, 0);
END;

CREATE TRIGGER ledger_aidmember_guard BEFORE INSERT ON ledger_aidmember BEGIN
  SELECT RAISE(ABORT, 'ledger: two holders of one Member State')
   WHERE (SELECT h.country FROM ledger_aidholder h WHERE h.id = NEW.holder_id)
      IS NOT (SELECT r.country FROM ledger_aidholder r WHERE r.id = NEW.root_id);
  SELECT RAISE(ABORT, 'ledger: a whole undertaking joins another one')
   WHERE NOT (
    NEW.holder_id = NEW.root_id AND NEW.since = 0
    AND NOT EXISTS (SELECT 1 FROM ledger_aidmember m WHERE m.holder_id = NEW.holder_id)
    OR NEW.holder_id <> NEW.root_id
    AND NEW.root_id = (SELECT m.root_id FROM ledger_aidmember m
                        WHERE m.holder_id = NEW.root_id ORDER BY m.id DESC LIMIT 1)
    AND NEW.since = (SELECT COALESCE(MAX(a.id), 0) FROM ledger_aid a)
    AND (SELECT m.root_id FROM ledger_aidmember m
          WHERE m.holder_id = NEW.holder_id ORDER BY m.id DESC LIMIT 1)
     IN (SELECT m.holder_id FROM ledger_aidmember m WHERE m.root_id = NEW.root_id
          UNION SELECT NEW.holder_id));
END;

-- Who was with the holder follows it.
CREATE TRIGGER ledger_aidmember_follow AFTER INSERT ON ledger_aidmember
WHEN NEW.holder_id <> NEW.root_id BEGIN
  INSERT INTO ledger_aidmember (holder_id, root_id, since)
  SELECT m.holder_id, NEW.root_id, NEW.since FROM ledger_aidmember m
   WHERE m.root_id = NEW.holder_id AND m.holder_id <> NEW.holder_id
     AND NOT EXISTS (SELECT 1 FROM ledger_aidmember later
                      WHERE later.holder_id = m.holder_id AND later.id > m.id);
END;

CREATE TRIGGER ledger_aid_guard BEFORE INSERT ON ledger_aid BEGIN
  SELECT RAISE(ABORT, 'ledger: not a key, a day and an amount as we write them')
   WHERE typeof(NEW.cents) <> 'integer' OR typeof(NEW.ceiling_cents) <> 'integer'
      OR typeof(NEW.years) <> 'integer' OR length(NEW.idem) <> 32
      OR NEW.idem GLOB '*[^0-9a-f]*' OR date(NEW.granted_on) IS NOT NEW.granted_on;
  SELECT RAISE(ABORT, 'ledger: aid counts for whole years, by the calendar')
   WHERE NEW.leaves_on IS NOT date(NEW.granted_on, '+' || NEW.years || ' years');
  SELECT RAISE(ABORT, 'ledger: aid counts in the order of its rows')
   WHERE NEW.id <> -1 AND NEW.id <= (SELECT COALESCE(MAX(a.id), 0) FROM ledger_aid a);
  SELECT RAISE(ABORT, 'ledger: a correction takes back at most what its row has left')
   WHERE NEW.corrects_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM ledger_aid a WHERE a.id = NEW.corrects_id AND a.corrects_id IS NULL
       AND a.holder_id = NEW.holder_id AND a.granted_on = NEW.granted_on
       AND a.leaves_on = NEW.leaves_on
       AND 0 <= a.cents + NEW.cents + (SELECT COALESCE(SUM(c.cents), 0) FROM ledger_aid c
                                        WHERE c.corrects_id = a.id));
  SELECT RAISE(ABORT, 'ledger: a window would hold more aid than its ceiling')
   WHERE NEW.corrects_id IS NULL AND EXISTS (
    WITH undertaking AS (
      SELECT m.holder_id AS id FROM ledger_aidmember m WHERE m.root_id = (
        SELECT r.root_id FROM ledger_aidmember r
         WHERE r.holder_id = NEW.holder_id ORDER BY r.id DESC LIMIT 1)),
    ends AS (
      SELECT NEW.granted_on AS day
       UNION SELECT a.granted_on FROM ledger_aid a
       WHERE a.holder_id IN (SELECT id FROM undertaking)
         AND a.granted_on > NEW.granted_on AND a.granted_on < NEW.leaves_on)
    SELECT 1 FROM ends WHERE NEW.cents + (
      SELECT COALESCE(SUM(a.cents), 0) FROM ledger_aid a
       WHERE a.holder_id IN (SELECT id FROM undertaking)
         AND a.granted_on <= ends.day AND ends.day < a.leaves_on) > NEW.ceiling_cents);
END;
