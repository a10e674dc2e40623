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
