-- De minimis aid. Every holder is its own root at first; the last membership counts.
CREATE OR REPLACE FUNCTION ledger_aid_root(holder bigint) RETURNS bigint
LANGUAGE sql VOLATILE SET search_path = public, pg_temp AS $$
  SELECT m.root_id FROM ledger_aidmember m
   WHERE m.holder_id = holder ORDER BY m.id DESC LIMIT 1 $$;

CREATE OR REPLACE FUNCTION ledger_aidholder_open() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO ledger_aidmember (holder_id, root_id, since) VALUES (NEW.id, NEW.id, 0);
  RETURN NULL;
END $$;
CREATE TRIGGER ledger_aidholder_open AFTER INSERT ON ledger_aidholder
  FOR EACH ROW EXECUTE FUNCTION ledger_aidholder_open();

CREATE OR REPLACE FUNCTION ledger_aidmember_guard() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE present bigint; newest bigint;
BEGIN
  PERFORM 1 FROM ledger_aidholder h
    WHERE h.id IN (NEW.root_id, NEW.holder_id, ledger_aid_root(NEW.holder_id))
    ORDER BY h.id FOR NO KEY UPDATE;
  IF (SELECT h.country FROM ledger_aidholder h WHERE h.id = NEW.holder_id) IS DISTINCT FROM
     (SELECT r.country FROM ledger_aidholder r WHERE r.id = NEW.root_id)
  THEN
    PERFORM ledger_refuse('two holders of one Member State');
  END IF;
  present := ledger_aid_root(NEW.holder_id);
  SELECT coalesce(max(a.id), 0) INTO newest FROM ledger_aid a;
  IF NEW.holder_id = NEW.root_id THEN
    IF present IS NOT NULL OR NEW.since <> 0 THEN
      PERFORM ledger_refuse('a whole undertaking joins another one');
    END IF;
    RETURN NEW;
  END IF;
  NEW.id := nextval(pg_get_serial_sequence('ledger_aidmember', 'id'));
  NEW.since := newest;
  IF NEW.root_id IS DISTINCT FROM ledger_aid_root(NEW.root_id) OR present IS NULL
     OR present <> NEW.holder_id AND ledger_aid_root(present) <> NEW.root_id
  THEN
    PERFORM ledger_refuse('a whole undertaking joins another one');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER ledger_aidmember_guard BEFORE INSERT ON ledger_aidmember
  FOR EACH ROW EXECUTE FUNCTION ledger_aidmember_guard();

-- Who was with the holder follows it.
CREATE OR REPLACE FUNCTION ledger_aidmember_follow() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO ledger_aidmember (holder_id, root_id, since)
  SELECT m.holder_id, NEW.root_id, NEW.since FROM ledger_aidmember m
   WHERE m.root_id = NEW.holder_id AND m.holder_id <> NEW.holder_id
     AND ledger_aid_root(m.holder_id) = NEW.holder_id;
  RETURN NULL;
END $$;
CREATE TRIGGER ledger_aidmember_follow AFTER INSERT ON ledger_aidmember
  FOR EACH ROW WHEN (NEW.holder_id <> NEW.root_id) EXECUTE FUNCTION ledger_aidmember_follow();

-- The root is locked, then read again: it may have joined another one meanwhile.
CREATE OR REPLACE FUNCTION ledger_aid_guard() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE root bigint; again bigint; gone date;
BEGIN
  root := ledger_aid_root(NEW.holder_id);
  LOOP
    PERFORM 1 FROM ledger_aidholder h WHERE h.id = root FOR NO KEY UPDATE;
    again := ledger_aid_root(NEW.holder_id);
    EXIT WHEN again IS NOT DISTINCT FROM root;
    root := again;
  END LOOP;
  NEW.id := nextval(pg_get_serial_sequence('ledger_aid', 'id'));
  gone := NEW.granted_on + make_interval(years => NEW.years);
  IF extract(day FROM gone) <> extract(day FROM NEW.granted_on) THEN
    gone := gone + 1;
  END IF;
  IF NEW.leaves_on <> gone THEN
    PERFORM ledger_refuse('aid counts for whole years, by the calendar');
  END IF;
  IF NEW.corrects_id IS NOT NULL THEN
    IF NOT EXISTS (
      SELECT 1 FROM ledger_aid a WHERE a.id = NEW.corrects_id AND a.corrects_id IS NULL
         AND a.holder_id = NEW.holder_id AND a.granted_on = NEW.granted_on
         AND a.leaves_on = NEW.leaves_on
         AND 0 <= a.cents + NEW.cents + (SELECT coalesce(sum(c.cents), 0) FROM ledger_aid c
                                          WHERE c.corrects_id = a.id))
    THEN
      PERFORM ledger_refuse('a correction takes back at most what its row has left');
    END IF;
    RETURN NEW;
  END IF;
  IF EXISTS (
    WITH undertaking AS (
      SELECT m.holder_id AS id FROM ledger_aidmember m WHERE m.root_id = root),
    ends AS (
      SELECT NEW.granted_on AS day
       UNION SELECT a.granted_on FROM ledger_aid a
       WHERE a.holder_id IN (SELECT id FROM undertaking)
         AND a.granted_on > NEW.granted_on AND a.granted_on < NEW.leaves_on)
    SELECT 1 FROM ends WHERE NEW.cents + (
      SELECT coalesce(sum(a.cents), 0) FROM ledger_aid a
       WHERE a.holder_id IN (SELECT id FROM undertaking)
         AND a.granted_on <= ends.day AND ends.day < a.leaves_on) > NEW.ceiling_cents)
  THEN
    PERFORM ledger_refuse('a window would hold more aid than its ceiling');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER ledger_aid_guard BEFORE INSERT ON ledger_aid
  FOR EACH ROW EXECUTE FUNCTION ledger_aid_guard();

REVOKE ALL ON FUNCTION ledger_aidholder_open(), ledger_aidmember_guard(),
  ledger_aidmember_follow(), ledger_aid_guard() FROM PUBLIC;
