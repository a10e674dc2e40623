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

REVOKE ALL ON FUNCTION ledger_settlement_guard() FROM PUBLIC;
