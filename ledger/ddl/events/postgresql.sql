-- The application inserts events; everything that follows from one is written here, or refused.
-- Each refusal is a line of its own with a reason of its own, the same as in sqlite.sql.
-- What runs once per posting avoids calls of SQL functions: they are planned again each time.

-- The chain. Fixed width, big-endian; the same bytes as ledger/rules/chain.py.
-- No SET clauses here: queries that call these a million times can then inline them.
CREATE OR REPLACE FUNCTION ledger_name(name text) RETURNS bytea
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT sha256(convert_to(name, 'UTF8')) $$;

CREATE OR REPLACE FUNCTION ledger_genesis(
  code text, type text, normal smallint, floor bigint, book_code text) RETURNS bytea
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT sha256(sha256(convert_to(code, 'UTF8')) || sha256(convert_to(type, 'UTF8'))
    || substring(int2send(normal) FROM 2) || int8send(coalesce(floor, -9223372036854775808))
    || sha256(convert_to(book_code, 'UTF8'))) $$;

CREATE OR REPLACE FUNCTION ledger_refuse(reason text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'ledger: %', reason USING ERRCODE = 'integrity_constraint_violation';
END $$;

-- The digest that each entry of an event signs.
CREATE OR REPLACE FUNCTION ledger_digest(e ledger_event, paper text) RETURNS bytea
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  RETURN sha256(uuid_send(e.idem) || sha256(convert_to(e.kind, 'UTF8')) || decode(paper, 'hex')
    || int4send(e.effective_on - DATE '2000-01-01')
    || int8send((extract(epoch FROM e.at) * 1000000)::bigint)
    || int8send((extract(epoch FROM e.recorded_at) * 1000000)::bigint) || uuid_send(e.actor_id)
    || uuid_send(coalesce(e.approver_id, '00000000-0000-0000-0000-000000000000'))
    || decode(e.payload_sha256, 'hex'));
END $$;

-- What was asked, the other way round.
CREATE OR REPLACE FUNCTION ledger_mirror(lines jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT jsonb_agg(jsonb_build_array(l->2, l->3, l->0, l->1, l->4) ORDER BY i DESC)
    FROM jsonb_array_elements(lines) WITH ORDINALITY AS leg(l, i) $$;

-- Opens what is missing of the accounts that an event names, as the chart says.
CREATE OR REPLACE FUNCTION ledger_open(
  book ledger_book, codes text[], types text[], keys text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO ledger_account
    (book_id, code, type, key, normal, balance, min_balance, version, head, closed)
  SELECT DISTINCT ON (named.code) book.id, named.code, line.type, named.key, line.normal, 0,
    line.min_balance, 0,
    ledger_genesis(named.code, line.type, line.normal, line.min_balance, book.code), false
    FROM unnest(codes, types, keys) AS named(code, type, key)
    JOIN ledger_chartline line ON line.type = named.type AND line.is_keyed = (named.key <> '')
   ORDER BY named.code
  ON CONFLICT DO NOTHING;
END $$;

-- What ties read, to be locked with the accounts of the legs: two events that share no account
-- could otherwise each break what the other has just looked at.
CREATE OR REPLACE FUNCTION ledger_tied(book_code text, ties text[], keys text[]) RETURNS text[]
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT array_agg(code) FROM (
    SELECT book_code || '/' || type AS code FROM unnest(ARRAY['B.AWARD', 'B.APPR', 'B.COORD',
      'B.CCLAIM', 'B.CACC', 'B.SACC', 'P.SEXP', 'P.CEXP', 'P.INCOME']) AS type
     WHERE ties && ARRAY['earmark', 'split', 'spent', 'income']
    UNION
    SELECT book_code || '/' || type || '[' || key || ']' FROM unnest(keys) AS key,
      (VALUES ('advance', 'B.VADV'), ('advance', 'B.CLAIM'), ('advance', 'P.SADV'),
        ('headroom', 'L.CAP'), ('headroom', 'L.USED')) AS of_key(tie, type)
     WHERE tie = ANY (ties) AND key <> '') AS tied $$;

-- Ties between accounts of one book, once an event is posted. All that they read is locked.
CREATE OR REPLACE FUNCTION ledger_tie(book ledger_book, ties text[], lines jsonb) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  award bigint; unsplit bigint; support bigint; coordination bigint; accepted bigint;
  spent_support bigint; spent_coordination bigint; income bigint; settled bigint;
BEGIN
  SELECT sum(balance) FILTER (WHERE type = 'B.AWARD'), sum(balance) FILTER (WHERE type = 'B.APPR'),
         sum(balance) FILTER (WHERE type = 'B.SACC'), sum(balance) FILTER (WHERE type = 'B.CACC'),
         sum(balance) FILTER (WHERE type IN ('B.COORD', 'B.CCLAIM', 'B.CACC')),
         sum(balance) FILTER (WHERE type = 'P.SEXP'), sum(balance) FILTER (WHERE type = 'P.CEXP'),
         sum(balance) FILTER (WHERE type = 'P.INCOME')
    INTO award, unsplit, support, accepted, coordination, spent_support, spent_coordination, income
    FROM ledger_account WHERE book_id = book.id AND key = '';
  IF 'earmark' = ANY (ties) AND (book.share_d - book.share_n) * (award - unsplit - coordination)
     < book.share_n * coordination
  THEN PERFORM ledger_refuse('the SME share of the grant would fall short'); END IF;
  IF 'split' = ANY (ties) AND unsplit <> 0
  THEN PERFORM ledger_refuse('split the grant before using it'); END IF;
  IF 'spent' = ANY (ties) AND (spent_support > support OR spent_coordination > accepted)
  THEN PERFORM ledger_refuse('spent is what was accepted'); END IF;
  IF 'advance' = ANY (ties) AND EXISTS (
    SELECT 1 FROM (
      SELECT DISTINCT side.key FROM jsonb_array_elements(lines) AS leg(l), LATERAL (
        VALUES (l->>0, l->>1), (l->>2, l->>3)) AS side(type, key)
       WHERE side.type IN ('B.VADV', 'B.CLAIM', 'P.SADV')) AS touched, LATERAL (
      SELECT coalesce(sum(v.balance) FILTER (WHERE v.type = 'P.SADV'), 0) AS is_out,
             coalesce(sum(v.balance) FILTER (WHERE v.type = 'B.VADV'), 0) AS unclaimed,
             coalesce(sum(v.balance) FILTER (WHERE v.type = 'B.CLAIM'), 0) AS claimed
        FROM ledger_account v WHERE v.book_id = book.id AND v.key = touched.key
         AND v.type IN ('B.VADV', 'B.CLAIM', 'P.SADV')) AS voucher
     WHERE is_out NOT BETWEEN unclaimed AND unclaimed + claimed)
  THEN PERFORM ledger_refuse('an advance is part of its voucher'); END IF;
  IF 'headroom' = ANY (ties) AND EXISTS (
    SELECT 1 FROM (
      SELECT coalesce(r.balance, 0) AS room, coalesce(u.balance, 0) AS used, touched.joins,
        coalesce((SELECT n.balance_after FROM ledger_entry n
          WHERE n.account_id = r.id AND n.seq = 1), 0) AS cap
        FROM (
          SELECT side.key, bool_or(side.joins) AS joins
            FROM jsonb_array_elements(lines) AS leg(l), LATERAL (VALUES
              (l->>0, l->>1, (l->>0, l->>2) IN (('L.CAP', 'L.CTL'), ('L.USED', 'L.USED'))),
              (l->>2, l->>3, false)) AS side(type, key, joins)
           WHERE side.type IN ('L.CAP', 'L.USED') GROUP BY side.key) AS touched
        LEFT JOIN ledger_account r
          ON r.book_id = book.id AND r.type = 'L.CAP' AND r.key = touched.key
        LEFT JOIN ledger_account u
          ON u.book_id = book.id AND u.type = 'L.USED' AND u.key = touched.key) AS head
     WHERE room <> greatest(cap - used, 0) AND NOT (joins AND room = 0 AND used = 0))
  THEN PERFORM ledger_refuse('head-room is what the use leaves of the cap'); END IF;
  IF 'income' = ANY (ties) THEN
    SELECT z.payable INTO settled FROM ledger_settlement z WHERE z.book_id = book.id
     ORDER BY z.n DESC LIMIT 1;
    IF NOT coalesce(income = settled, income <= least(award, support
      + least(accepted, support * (book.share_d - book.share_n) / book.share_n)))
    THEN PERFORM ledger_refuse('income is what the formula pays'); END IF;
  END IF;
END $$;

-- An event of one leg, as most are.
CREATE OR REPLACE FUNCTION ledger_event_one() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  line CONSTANT jsonb := NEW.lines->0;
  dt CONSTANT text := line->>0; dk CONSTANT text := line->>1;
  ct CONSTANT text := line->>2; ck CONSTANT text := line->>3;
  cents bigint; book ledger_book; paper text; dc text; cc text; rule ledger_postingrule;
  is_settled boolean; a ledger_account; d ledger_account; c ledger_account;
  held text[]; digest bytea; posting bigint;
BEGIN
  IF jsonb_array_length(NEW.lines) <> 1 OR jsonb_typeof(line->4) IS DISTINCT FROM 'number'
  THEN PERFORM ledger_refuse('a leg is two accounts and whole cents'); END IF;
  cents := trunc((line->4)::numeric);
  IF line->4 <> to_jsonb(cents) OR cents NOT BETWEEN 1 AND 10000000000000
  THEN PERFORM ledger_refuse('a leg is two accounts and whole cents'); END IF;
  SELECT b.* INTO book FROM ledger_book b WHERE b.id = NEW.book_id;
  SELECT p.sha256 INTO paper FROM core_document p, core_person who
   WHERE p.id = NEW.document_id AND who.id = NEW.actor_id AND (NEW.approver_id IS NULL
     OR EXISTS (SELECT 1 FROM core_person other WHERE other.id = NEW.approver_id));
  IF paper IS NULL
  THEN PERFORM ledger_refuse('an event has its document and its people'); END IF;
  dc := book.code || '/' || dt || CASE dk WHEN '' THEN '' ELSE '[' || dk || ']' END;
  cc := book.code || '/' || ct || CASE ck WHEN '' THEN '' ELSE '[' || ck || ']' END;

  SELECT r.* INTO rule FROM ledger_postingrule r
   WHERE r.kind = NEW.kind AND r.debit_type = dt AND r.credit_type = ct;
  IF rule.id IS NULL OR (rule.same_key AND dk <> ck)
  THEN PERFORM ledger_refuse('the closed list does not allow this posting'); END IF;

  -- All locks in one statement, by id: what is read afterwards stands still.
  held := ARRAY[dc, cc];
  IF rule.ties <> '' THEN
    held := held || ledger_tied(book.code, string_to_array(rule.ties, ' '), ARRAY[dk, ck]);
  END IF;
  FOR tries IN 1..2 LOOP
    FOR a IN SELECT * FROM ledger_account WHERE code = ANY (held) ORDER BY id FOR NO KEY UPDATE LOOP
      IF a.code = dc THEN d := a; ELSIF a.code = cc THEN c := a; END IF;
    END LOOP;
    EXIT WHEN d.id IS NOT NULL AND c.id IS NOT NULL;
    PERFORM ledger_open(book, ARRAY[dc, cc], ARRAY[dt, ct], ARRAY[dk, ck]);
  END LOOP;
  IF d.id IS NULL OR c.id IS NULL
  THEN PERFORM ledger_refuse('the chart has no such account'); END IF;
  IF EXISTS (SELECT 1 FROM ledger_event e WHERE e.idem = NEW.idem)
  THEN PERFORM ledger_refuse('this key has been used'); END IF;
  NEW.id := nextval('ledger_event_id_seq');
  NEW.recorded_at := greatest(NEW.recorded_at, d.last_at, c.last_at);

  is_settled := EXISTS (SELECT 1 FROM ledger_settlement z WHERE z.book_id = book.id);
  IF rule.phase <> 'any' AND (rule.phase = 'settled') <> is_settled
  THEN PERFORM ledger_refuse('the grant is settled, or not yet'); END IF;
  IF rule.two_persons AND (NEW.approver_id IS NULL OR NEW.approver_id = NEW.actor_id)
  THEN PERFORM ledger_refuse('two persons answer for this'); END IF;
  IF NEW.kind = 'headroom_opened' AND c.version > 0
  THEN PERFORM ledger_refuse('head-room is opened once'); END IF;
  IF NEW.payload_sha256 <> encode(sha256(sha256(convert_to(NEW.kind, 'UTF8'))
     || decode(paper, 'hex') || int4send(NEW.effective_on - DATE '2000-01-01')
     || '\x00000000000000000000000000000000'::bytea || sha256(convert_to(dc, 'UTF8'))
     || sha256(convert_to(cc, 'UTF8')) || int8send(cents)), 'hex')
  THEN PERFORM ledger_refuse('the payload is not of these legs'); END IF;
  IF d.closed OR c.closed THEN PERFORM ledger_refuse('the account is closed'); END IF;

  d.version := d.version + 1; d.balance := d.balance + d.normal * cents;
  c.version := c.version + 1; c.balance := c.balance - c.normal * cents;
  IF d.balance < d.min_balance OR c.balance < c.min_balance
  THEN PERFORM ledger_refuse('the account would fall below its floor'); END IF;
  digest := ledger_digest(NEW, paper);
  d.head := sha256(d.head || digest || int4send(1) || int8send(d.version) || int8send(cents)
    || int8send(d.balance));
  c.head := sha256(c.head || digest || int4send(1) || int8send(c.version) || int8send(-cents)
    || int8send(c.balance));
  INSERT INTO ledger_posting (event_id, leg_no, debit_id, credit_id, amount)
  VALUES (NEW.id, 1, d.id, c.id, cents) RETURNING id INTO posting;
  INSERT INTO ledger_entry
    (posting_id, account_id, seq, amount, balance_after, recorded_at, hash)
  VALUES (posting, d.id, d.version, cents, d.balance, NEW.recorded_at, d.head),
         (posting, c.id, c.version, -cents, c.balance, NEW.recorded_at, c.head);
  UPDATE ledger_account SET balance = d.balance, version = d.version, head = d.head,
    last_at = NEW.recorded_at WHERE id = d.id;
  UPDATE ledger_account SET balance = c.balance, version = c.version, head = c.head,
    last_at = NEW.recorded_at WHERE id = c.id;
  IF rule.ties <> '' THEN
    PERFORM ledger_tie(book, string_to_array(rule.ties, ' '), NEW.lines);
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER ledger_event_one BEFORE INSERT ON ledger_event FOR EACH ROW
  WHEN (NEW.legs = 1 AND NEW.reverses_id IS NULL) EXECUTE FUNCTION ledger_event_one();

-- An event of many legs, and every reversal: the same, worked out in memory and written at
-- once, so that an account which ten thousand legs touch is updated once.
CREATE OR REPLACE FUNCTION ledger_event_many() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  n CONSTANT integer := NEW.legs;
  book ledger_book; paper text; original ledger_event; rule_kind text := NEW.kind;
  is_mirror CONSTANT boolean := NEW.reverses_id IS NOT NULL;
  dt text[]; dk text[]; ct text[]; ck text[]; dc text[]; cc text[]; cents bigint[];
  is_sound boolean; is_settled boolean; is_allowed boolean; needs_two boolean; ties text[];
  phases text[]; tied text[]; found bigint; held text[]; ids bigint[]; codes text[]; closed boolean; last_at timestamptz;
  normals bigint[]; floors bigint[]; before bigint[]; balances bigint[]; versions bigint[];
  heads bytea[]; d integer[]; c integer[]; spot integer; moved bigint; digest bytea;
  accounts bigint[]; seqs bigint[]; amounts bigint[]; afters bigint[]; links bytea[];
BEGIN
  SELECT b.* INTO book FROM ledger_book b WHERE b.id = NEW.book_id;
  SELECT p.sha256 INTO paper FROM core_document p, core_person who
   WHERE p.id = NEW.document_id AND who.id = NEW.actor_id AND (NEW.approver_id IS NULL
     OR EXISTS (SELECT 1 FROM core_person other WHERE other.id = NEW.approver_id));
  IF paper IS NULL
  THEN PERFORM ledger_refuse('an event has its document and its people'); END IF;
  SELECT array_agg(l->>0), array_agg(l->>1), array_agg(l->>2), array_agg(l->>3),
         array_agg(book.code || '/' || (l->>0)
           || CASE l->>1 WHEN '' THEN '' ELSE '[' || (l->>1) || ']' END),
         array_agg(book.code || '/' || (l->>2)
           || CASE l->>3 WHEN '' THEN '' ELSE '[' || (l->>3) || ']' END),
         array_agg(CASE jsonb_typeof(l->4) WHEN 'number' THEN trunc((l->4)::numeric)::bigint END)
    INTO dt, dk, ct, ck, dc, cc, cents FROM jsonb_array_elements(NEW.lines) AS lines(l);
  SELECT bool_and(asked = to_jsonb(x) AND x BETWEEN 1 AND 10000000000000 AND debit <> credit)
    INTO is_sound FROM jsonb_array_elements(NEW.lines) WITH ORDINALITY AS lines(l, i)
    JOIN unnest(cents, dc, cc) WITH ORDINALITY AS leg(x, debit, credit, i) USING (i)
    CROSS JOIN LATERAL (SELECT l->4) AS amount(asked);
  IF is_sound IS NOT TRUE OR cardinality(cents) <> n OR array_position(cents, NULL) IS NOT NULL
  THEN PERFORM ledger_refuse('a leg is two accounts and whole cents'); END IF;

  -- The closed list; for a reversal, the list of its event the other way round.
  IF is_mirror THEN
    SELECT e.* INTO original FROM ledger_event e WHERE e.id = NEW.reverses_id;
    rule_kind := original.kind;
    IF original.book_id IS DISTINCT FROM book.id OR NEW.lines <> ledger_mirror(original.lines)
    THEN PERFORM ledger_refuse('a reversal is the mirror of its event'); END IF;
    IF original.kind IN ('settlement', 'reversal', 'headroom_opened', 'groups_linked')
    THEN PERFORM ledger_refuse('an event of this kind is not taken back'); END IF;
  END IF;
  SELECT bool_and(r.id IS NOT NULL AND (NOT r.same_key OR l.dk = l.ck)),
         bool_or(is_mirror OR r.two_persons), array_agg(DISTINCT r.phase),
         string_to_array(string_agg(DISTINCT nullif(
           CASE WHEN is_mirror THEN r.mirror_ties ELSE r.ties END, ''), ' '), ' ')
    INTO is_allowed, needs_two, phases, ties FROM unnest(dt, dk, ct, ck) AS l(dt, dk, ct, ck)
    LEFT JOIN ledger_postingrule r ON r.kind = rule_kind
     AND r.debit_type = CASE WHEN is_mirror THEN l.ct ELSE l.dt END
     AND r.credit_type = CASE WHEN is_mirror THEN l.dt ELSE l.ct END;
  IF NOT is_allowed
  THEN PERFORM ledger_refuse('the closed list does not allow this posting'); END IF;

  -- All locks in one statement, by id: what is read afterwards stands still.
  held := ARRAY(SELECT DISTINCT unnest(dc || cc));
  IF ties IS NOT NULL THEN tied := ledger_tied(book.code, ties, dk || ck); END IF;
  FOR tries IN 1..2 LOOP
    SELECT array_agg(a.id), array_agg(a.code), bool_or(a.closed AND a.is_leg),
           max(a.last_at) FILTER (WHERE a.is_leg), count(*) FILTER (WHERE a.is_leg),
           array_agg(a.normal), array_agg(a.min_balance), array_agg(a.balance),
           array_agg(a.version), array_agg(a.head)
      INTO ids, codes, closed, last_at, found, normals, floors, balances, versions, heads
      FROM (
        SELECT a.*, named.is_leg FROM ledger_account a JOIN (
          SELECT code, bool_or(is_leg) AS is_leg FROM (
            SELECT unnest(held) AS code, true AS is_leg
            UNION ALL SELECT unnest(tied), false) AS one GROUP BY code) AS named USING (code)
         ORDER BY a.id FOR NO KEY UPDATE OF a) a;
    EXIT WHEN found = cardinality(held);
    PERFORM ledger_open(book, dc || cc, dt || ct, dk || ck);
  END LOOP;
  IF found <> cardinality(held)
  THEN PERFORM ledger_refuse('the chart has no such account'); END IF;
  IF EXISTS (SELECT 1 FROM ledger_event e WHERE e.idem = NEW.idem)
  THEN PERFORM ledger_refuse('this key has been used'); END IF;
  NEW.id := nextval('ledger_event_id_seq');
  NEW.recorded_at := greatest(NEW.recorded_at, last_at);

  is_settled := EXISTS (SELECT 1 FROM ledger_settlement z WHERE z.book_id = book.id);
  IF (is_settled AND 'open' = ANY (phases)) OR (NOT is_settled AND 'settled' = ANY (phases))
  THEN PERFORM ledger_refuse('the grant is settled, or not yet'); END IF;
  IF needs_two AND (NEW.approver_id IS NULL OR NEW.approver_id = NEW.actor_id)
  THEN PERFORM ledger_refuse('two persons answer for this'); END IF;
  IF NEW.kind = 'headroom_opened' AND EXISTS (
    SELECT 1 FROM unnest(codes, versions) AS a(code, version) WHERE code = ANY (cc) AND version > 0)
     OR NEW.kind = 'headroom_opened' AND (SELECT count(DISTINCT k) FROM unnest(ck) AS k) < n
  THEN PERFORM ledger_refuse('head-room is opened once'); END IF;
  IF NEW.payload_sha256 <> (
    SELECT encode(sha256(sha256(convert_to(NEW.kind, 'UTF8')) || decode(paper, 'hex')
      || int4send(NEW.effective_on - DATE '2000-01-01')
      || uuid_send(coalesce(original.idem, '00000000-0000-0000-0000-000000000000'))
      || string_agg(sha256(convert_to(debit, 'UTF8')) || sha256(convert_to(credit, 'UTF8'))
           || int8send(amount), '' ORDER BY i)), 'hex')
      FROM unnest(dc, cc, cents) WITH ORDINALITY AS leg(debit, credit, amount, i))
  THEN PERFORM ledger_refuse('the payload is not of these legs'); END IF;
  IF closed THEN PERFORM ledger_refuse('the account is closed'); END IF;

  SELECT array_agg(da.i ORDER BY leg.i), array_agg(ca.i ORDER BY leg.i) INTO d, c
    FROM unnest(dc, cc) WITH ORDINALITY AS leg(debit, credit, i)
    JOIN unnest(codes) WITH ORDINALITY AS da(code, i) ON da.code = leg.debit
    JOIN unnest(codes) WITH ORDINALITY AS ca(code, i) ON ca.code = leg.credit;
  digest := ledger_digest(NEW, paper);
  before := versions;
  FOR leg IN 1..n LOOP
    FOR side IN 0..1 LOOP
      IF side = 0 THEN spot := d[leg]; moved := cents[leg];
      ELSE spot := c[leg]; moved := -cents[leg]; END IF;
      versions[spot] := versions[spot] + 1;
      balances[spot] := balances[spot] + normals[spot] * moved;
      IF balances[spot] < floors[spot]
      THEN PERFORM ledger_refuse('the account would fall below its floor'); END IF;
      heads[spot] := sha256(heads[spot] || digest || int4send(leg) || int8send(versions[spot])
        || int8send(moved) || int8send(balances[spot]));
      accounts := accounts || ids[spot]; seqs := seqs || versions[spot];
      amounts := amounts || moved; afters := afters || balances[spot]; links := links || heads[spot];
    END LOOP;
  END LOOP;
  WITH posted AS (
    INSERT INTO ledger_posting (event_id, leg_no, debit_id, credit_id, amount)
    SELECT NEW.id, i, ids[debit], ids[credit], amount
      FROM unnest(d, c, cents) WITH ORDINALITY AS leg(debit, credit, amount, i) ORDER BY i
    RETURNING id, leg_no)
  INSERT INTO ledger_entry
    (posting_id, account_id, seq, amount, balance_after, recorded_at, hash)
  SELECT posted.id, e.account, e.seq, e.amount, e.after, NEW.recorded_at, e.link
    FROM unnest(accounts, seqs, amounts, afters, links)
      WITH ORDINALITY AS e(account, seq, amount, after, link, i)
    JOIN posted ON posted.leg_no = (e.i + 1) / 2 ORDER BY e.i;
  UPDATE ledger_account a
     SET balance = u.balance, version = u.version, head = u.head, last_at = NEW.recorded_at
    FROM unnest(ids, balances, versions, heads, before) AS u(id, balance, version, head, before)
   WHERE a.id = u.id AND u.version > u.before;
  IF ties IS NOT NULL THEN PERFORM ledger_tie(book, ties, NEW.lines); END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER ledger_event_many BEFORE INSERT ON ledger_event FOR EACH ROW
  WHEN (NEW.legs <> 1 OR NEW.reverses_id IS NOT NULL) EXECUTE FUNCTION ledger_event_many();

-- INSERT ... ON CONFLICT DO NOTHING would keep what a trigger wrote and skip the event.
CREATE OR REPLACE FUNCTION ledger_posting_has_event() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM ledger_event e WHERE e.id = NEW.event_id)
  THEN PERFORM ledger_refuse('a posting has its event'); END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER ledger_posting_has_event AFTER INSERT ON ledger_posting
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.leg_no = 1)
  EXECUTE FUNCTION ledger_posting_has_event();

-- A book opens with one account of every type that it has once: hot rows have the lowest ids.
CREATE OR REPLACE FUNCTION ledger_book_open() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO ledger_account
    (book_id, code, type, key, normal, balance, min_balance, version, head, closed)
  SELECT NEW.id, NEW.code || '/' || type, type, '', normal, 0, min_balance, 0,
    ledger_genesis(NEW.code || '/' || type, type, normal, min_balance, NEW.code), false
    FROM ledger_chartline WHERE NOT is_keyed ORDER BY type;
  RETURN NULL;
END $$;
CREATE TRIGGER ledger_book_open AFTER INSERT ON ledger_book
  FOR EACH ROW EXECUTE FUNCTION ledger_book_open();

-- By hand, an empty account can be closed; nothing else of what follows from events can be done.
CREATE OR REPLACE FUNCTION ledger_by_hand() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    OLD.closed := true;
    IF NEW IS NOT DISTINCT FROM OLD AND NEW.key <> '' AND NEW.balance = 0 THEN RETURN NEW; END IF;
  END IF;
  PERFORM ledger_refuse('only an event moves money');
  RETURN NULL;
END $$;
CREATE TRIGGER ledger_account_guard BEFORE INSERT OR UPDATE ON ledger_account
  FOR EACH ROW WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION ledger_by_hand();
CREATE TRIGGER ledger_posting_guard BEFORE INSERT ON ledger_posting
  FOR EACH ROW WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION ledger_by_hand();
CREATE TRIGGER ledger_entry_guard BEFORE INSERT ON ledger_entry
  FOR EACH ROW WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION ledger_by_hand();

-- Nobody calls what runs with the owner's rights; triggers do not ask for this right.
REVOKE ALL ON FUNCTION ledger_open(ledger_book, text[], text[], text[]),
  ledger_event_one(), ledger_event_many(), ledger_book_open() FROM PUBLIC;

-- Half of each page is left free, so that a balance is updated within its page.
ALTER TABLE ledger_account SET (fillfactor = 50);
