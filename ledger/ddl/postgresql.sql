-- The chain. Fixed width, big-endian; the same bytes as ledger/rules/chain.py.
CREATE OR REPLACE FUNCTION ledger_name(name text) RETURNS bytea
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT sha256(convert_to(name, 'UTF8')) $$;

CREATE OR REPLACE FUNCTION ledger_genesis(
  code text, type text, normal smallint, floor bigint, book_code text) RETURNS bytea
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = public, pg_temp AS $$
  SELECT sha256(ledger_name(code) || ledger_name(type) || substring(int2send(normal) FROM 2)
    || int8send(coalesce(floor, -9223372036854775808)) || ledger_name(book_code)) $$;

CREATE OR REPLACE FUNCTION ledger_link(
  head bytea, e ledger_event, leg_no integer, code text, seq bigint, amount bigint,
  balance_after bigint, document_sha256 text) RETURNS bytea
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = public, pg_temp AS $$
  SELECT sha256(head || uuid_send(e.idem) || int4send(leg_no) || ledger_name(code)
    || int8send(seq) || int8send(amount) || int8send(balance_after)
    || int4send(e.effective_on - DATE '2000-01-01')
    || int8send((extract(epoch FROM e.recorded_at) * 1000000)::bigint) || ledger_name(e.kind)
    || uuid_send(e.actor_id)
    || uuid_send(coalesce(e.approver_id, '00000000-0000-0000-0000-000000000000'))
    || decode(e.payload_sha256, 'hex') || decode(document_sha256, 'hex')) $$;

CREATE OR REPLACE FUNCTION ledger_refuse(reason text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'ledger: %', reason USING ERRCODE = 'integrity_constraint_violation';
END $$;

-- Accounts: opened empty and as the chart says, moved by entries alone.
CREATE OR REPLACE FUNCTION ledger_account_open() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.balance <> 0 OR NEW.version <> 0 OR NEW.closed OR NEW.last_at IS NOT NULL THEN
    PERFORM ledger_refuse('an account opens empty');
  END IF;
  IF NOT EXISTS (
    SELECT 1 FROM ledger_book b WHERE b.id = NEW.book_id
       AND NEW.code = b.code || '/' || NEW.type
           || CASE NEW.key WHEN '' THEN '' ELSE '[' || NEW.key || ']' END
       AND NEW.head = ledger_genesis(NEW.code, NEW.type, NEW.normal, NEW.min_balance, b.code))
  THEN
    PERFORM ledger_refuse('the account is not what its code and head say');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER ledger_account_open BEFORE INSERT ON ledger_account
  FOR EACH ROW EXECUTE FUNCTION ledger_account_open();

CREATE OR REPLACE FUNCTION ledger_account_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF (NEW.id, NEW.book_id, NEW.code, NEW.type, NEW.key, NEW.normal, NEW.min_balance)
     IS DISTINCT FROM
     (OLD.id, OLD.book_id, OLD.code, OLD.type, OLD.key, OLD.normal, OLD.min_balance)
     OR NOT (
      (NEW.closed = OLD.closed AND NEW.version = OLD.version + 1 AND EXISTS (
        SELECT 1 FROM ledger_entry n WHERE n.account_id = OLD.id AND n.seq = NEW.version
           AND n.balance_after = NEW.balance AND n.hash = NEW.head
           AND n.recorded_at = NEW.last_at))
      OR (NEW.closed AND NOT OLD.closed AND OLD.key <> '' AND OLD.balance = 0
        AND (NEW.balance, NEW.version, NEW.head, NEW.last_at)
            IS NOT DISTINCT FROM (OLD.balance, OLD.version, OLD.head, OLD.last_at)))
  THEN
    PERFORM ledger_refuse('a balance changes by an entry alone');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER ledger_account_guard BEFORE UPDATE ON ledger_account
  FOR EACH ROW EXECUTE FUNCTION ledger_account_guard();

-- Postings: closed list, one book, legs in order.
CREATE OR REPLACE FUNCTION ledger_posting_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE e ledger_event; d ledger_account; c ledger_account;
BEGIN
  SELECT * INTO e FROM ledger_event WHERE id = NEW.event_id;
  SELECT * INTO d FROM ledger_account WHERE id = NEW.debit_id;
  SELECT * INTO c FROM ledger_account WHERE id = NEW.credit_id;
  IF e.id IS NULL OR NEW.leg_no > e.legs OR NEW.leg_no <> 1 + (
    SELECT count(*) FROM ledger_posting p WHERE p.event_id = e.id)
  THEN
    PERFORM ledger_refuse('legs come in order, as many as the event has');
  END IF;
  IF d.book_id IS DISTINCT FROM e.book_id OR c.book_id IS DISTINCT FROM e.book_id
     OR NOT EXISTS (
      SELECT 1 FROM ledger_postingrule r
       WHERE r.kind = e.kind AND r.debit_type = d.type AND r.credit_type = c.type
         AND (NOT r.same_key OR d.key = c.key)
         AND (r.phase = 'any' OR (r.phase = 'settled') = EXISTS (
              SELECT 1 FROM ledger_settlement s WHERE s.book_id = e.book_id)))
  THEN
    PERFORM ledger_refuse('the closed list does not allow this posting');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER ledger_posting_guard BEFORE INSERT ON ledger_posting
  FOR EACH ROW EXECUTE FUNCTION ledger_posting_guard();

CREATE OR REPLACE FUNCTION ledger_post_entry(p ledger_posting, side bigint, cents bigint)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO ledger_entry
    (posting_id, account_id, seq, amount, balance_after, recorded_at, hash)
  SELECT p.id, a.id, a.version + 1, cents, a.balance + a.normal * cents, e.recorded_at,
    ledger_link(a.head, e, p.leg_no, a.code, a.version + 1, cents,
      a.balance + a.normal * cents, d.sha256)
    FROM ledger_event e JOIN core_document d ON d.id = e.document_id
    JOIN ledger_account a ON a.id = side WHERE e.id = p.event_id;
END $$;

CREATE OR REPLACE FUNCTION ledger_posting_apply() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM 1 FROM ledger_account WHERE id IN (NEW.debit_id, NEW.credit_id)
    ORDER BY id FOR NO KEY UPDATE;
  IF EXISTS (
    SELECT 1 FROM ledger_event e JOIN ledger_account c ON c.id = NEW.credit_id
     WHERE e.id = NEW.event_id AND e.kind = 'headroom_opened' AND c.version > 0)
  THEN
    PERFORM ledger_refuse('head-room is opened once');
  END IF;
  PERFORM ledger_post_entry(NEW, NEW.debit_id, NEW.amount);
  PERFORM ledger_post_entry(NEW, NEW.credit_id, -NEW.amount);
  IF (SELECT count(*) FROM ledger_entry n JOIN ledger_account a
        ON a.id = n.account_id AND a.version = n.seq AND a.balance = n.balance_after
       WHERE n.posting_id = NEW.id) <> 2
  THEN
    PERFORM ledger_refuse('the posting did not reach both of its accounts');
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER ledger_posting_apply AFTER INSERT ON ledger_posting
  FOR EACH ROW EXECUTE FUNCTION ledger_posting_apply();

-- Entries: only what their posting implies, never below a floor, never on a closed account.
CREATE OR REPLACE FUNCTION ledger_entry_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE a ledger_account;
BEGIN
  SELECT * INTO a FROM ledger_account WHERE id = NEW.account_id;
  IF NOT EXISTS (
    SELECT 1 FROM ledger_posting p JOIN ledger_event e ON e.id = p.event_id
      JOIN core_document d ON d.id = e.document_id
     WHERE p.id = NEW.posting_id
       AND ((a.id = p.debit_id AND NEW.amount = p.amount)
         OR (a.id = p.credit_id AND NEW.amount = -p.amount))
       AND NEW.seq = a.version + 1 AND NEW.recorded_at = e.recorded_at
       AND NEW.balance_after = a.balance + a.normal * NEW.amount
       AND NEW.hash = ledger_link(a.head, e, p.leg_no, a.code, NEW.seq, NEW.amount,
         NEW.balance_after, d.sha256))
  THEN
    PERFORM ledger_refuse('an entry is what its posting implies');
  END IF;
  IF a.closed THEN
    PERFORM ledger_refuse('the account is closed');
  END IF;
  IF a.last_at > NEW.recorded_at THEN
    PERFORM ledger_refuse('recorded before the last entry of the account');
  END IF;
  IF NEW.balance_after < a.min_balance THEN
    PERFORM ledger_refuse('the account would fall below its floor');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER ledger_entry_guard BEFORE INSERT ON ledger_entry
  FOR EACH ROW EXECUTE FUNCTION ledger_entry_guard();

CREATE OR REPLACE FUNCTION ledger_entry_apply() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE ledger_account
     SET balance = NEW.balance_after, version = NEW.seq, head = NEW.hash,
         last_at = NEW.recorded_at
   WHERE id = NEW.account_id;
  RETURN NULL;
END $$;
CREATE TRIGGER ledger_entry_apply AFTER INSERT ON ledger_entry
  FOR EACH ROW EXECUTE FUNCTION ledger_entry_apply();

-- Ties between accounts of one book. What they read is locked by the posting that needs it.
CREATE OR REPLACE FUNCTION ledger_tie_earmark() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM ledger_book b, (
      SELECT sum(CASE type WHEN 'B.AWARD' THEN balance WHEN 'B.APPR' THEN -balance ELSE 0 END)
               AS allotted,
             sum(CASE WHEN type IN ('B.COORD', 'B.CCLAIM', 'B.CACC') THEN balance ELSE 0 END)
               AS coordination
        FROM ledger_account WHERE book_id = NEW.book_id AND key = '') h
     WHERE b.id = NEW.book_id
       AND (b.share_d - b.share_n) * (h.allotted - h.coordination)
           >= b.share_n * h.coordination)
  THEN
    PERFORM ledger_refuse('the SME share of the grant would fall short');
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER ledger_tie_earmark AFTER UPDATE ON ledger_account FOR EACH ROW
  WHEN (NEW.type IN ('B.COORD', 'B.APPR') AND NEW.balance > OLD.balance)
  EXECUTE FUNCTION ledger_tie_earmark();

CREATE OR REPLACE FUNCTION ledger_tie_split() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM ledger_account a
     WHERE a.book_id = NEW.book_id AND a.type = 'B.APPR' AND a.balance <> 0)
  THEN
    PERFORM ledger_refuse('split the grant before using it');
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER ledger_tie_split AFTER UPDATE ON ledger_account FOR EACH ROW
  WHEN (NEW.type IN ('B.CALL', 'B.CCLAIM') AND NEW.balance > OLD.balance)
  EXECUTE FUNCTION ledger_tie_split();

CREATE OR REPLACE FUNCTION ledger_tie_spent() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM 1 FROM ledger_account a WHERE a.book_id = NEW.book_id
     AND a.type IN ('B.SACC', 'B.CACC') ORDER BY a.id FOR NO KEY UPDATE;
  IF NEW.balance > (
    SELECT a.balance FROM ledger_account a WHERE a.book_id = NEW.book_id
       AND a.type = CASE NEW.type WHEN 'P.SEXP' THEN 'B.SACC' ELSE 'B.CACC' END)
  THEN
    PERFORM ledger_refuse('spent is what was accepted');
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER ledger_tie_spent AFTER UPDATE ON ledger_account FOR EACH ROW
  WHEN (NEW.type IN ('P.SEXP', 'P.CEXP') AND NEW.balance > OLD.balance)
  EXECUTE FUNCTION ledger_tie_spent();

CREATE OR REPLACE FUNCTION ledger_tie_advance() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.balance > (
    SELECT coalesce(sum(a.balance), 0) FROM ledger_account a WHERE a.book_id = NEW.book_id
       AND a.type IN ('B.VADV', 'B.CLAIM') AND a.key = NEW.key)
  THEN
    PERFORM ledger_refuse('an advance is part of its voucher');
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER ledger_tie_advance AFTER UPDATE ON ledger_account FOR EACH ROW
  WHEN (NEW.type = 'P.SADV' AND NEW.balance > OLD.balance)
  EXECUTE FUNCTION ledger_tie_advance();

CREATE OR REPLACE FUNCTION ledger_tie_income() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE b ledger_book; g bigint; s bigint; c bigint; settled bigint;
BEGIN
  PERFORM 1 FROM ledger_account a WHERE a.book_id = NEW.book_id
     AND a.type IN ('B.AWARD', 'B.SACC', 'B.CACC') ORDER BY a.id FOR NO KEY UPDATE;
  SELECT * INTO b FROM ledger_book WHERE id = NEW.book_id;
  SELECT balance INTO g FROM ledger_account WHERE book_id = b.id AND type = 'B.AWARD';
  SELECT balance INTO s FROM ledger_account WHERE book_id = b.id AND type = 'B.SACC';
  SELECT balance INTO c FROM ledger_account WHERE book_id = b.id AND type = 'B.CACC';
  SELECT x.payable INTO settled FROM ledger_settlement x WHERE x.book_id = b.id
   ORDER BY x.n DESC LIMIT 1;
  IF NOT coalesce(NEW.balance = settled,
     NEW.balance <= least(g, s + least(c, s * (b.share_d - b.share_n) / b.share_n)))
  THEN
    PERFORM ledger_refuse('income is what the formula pays');
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER ledger_tie_income AFTER UPDATE ON ledger_account FOR EACH ROW
  WHEN (NEW.type = 'P.INCOME' AND NEW.balance <> OLD.balance)
  EXECUTE FUNCTION ledger_tie_income();

-- Settlements: from the ledger's own S and C, and only when nothing is open.
CREATE OR REPLACE FUNCTION ledger_settlement_guard() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM 1 FROM ledger_account WHERE book_id = NEW.book_id ORDER BY id FOR NO KEY UPDATE;
  IF NOT EXISTS (
    SELECT 1 FROM ledger_book b
      JOIN ledger_account g ON g.book_id = b.id AND g.type = 'B.AWARD'
      JOIN ledger_account s ON s.book_id = b.id AND s.type = 'B.SACC'
      JOIN ledger_account c ON c.book_id = b.id AND c.type = 'B.CACC'
     WHERE b.id = NEW.book_id AND NEW.share_n = b.share_n AND NEW.share_d = b.share_d
       AND NEW.grant_max <= g.balance AND NEW.s_accepted = s.balance AND NEW.s_seq = s.version
       AND NEW.c_accepted = c.balance AND NEW.c_seq = c.version
       AND NEW.n = 1 + (SELECT count(*) FROM ledger_settlement x WHERE x.book_id = b.id))
  THEN
    PERFORM ledger_refuse('the settlement is not of the ledger''s own figures');
  END IF;
  IF EXISTS (
    SELECT 1 FROM ledger_account a WHERE a.book_id = NEW.book_id AND a.balance <> 0
       AND a.type IN ('B.APPR', 'B.RESV', 'B.VCH', 'B.VADV', 'B.CLAIM', 'B.CCLAIM', 'P.SPAY'))
  THEN
    PERFORM ledger_refuse('something is still open');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER ledger_settlement_guard BEFORE INSERT ON ledger_settlement
  FOR EACH ROW EXECUTE FUNCTION ledger_settlement_guard();

-- Nobody calls what runs with the owner's rights; triggers do not ask for this right.
REVOKE ALL ON FUNCTION ledger_post_entry(ledger_posting, bigint, bigint),
  ledger_posting_apply(), ledger_entry_apply(), ledger_tie_earmark(), ledger_tie_split(),
  ledger_tie_spent(), ledger_tie_advance(), ledger_tie_income(), ledger_settlement_guard()
  FROM PUBLIC;
