-- What must be true of every book. Each query returns the rows that break it: none is good.
-- A line "-- I…" names the invariant of docs/ledger.md; %(book)s is a book's id, 0 for all.
-- Both databases read this file. I2 to I5, I13 and the rest of I1 are asked entry by
-- entry (ledger/queries/sql), I20 of the checkpoints.

-- I1: each of the three sets of a book adds up to zero
SELECT b.code || ', set ' || substr(a.type, 1, 1) FROM ledger_account a
  JOIN ledger_book b ON b.id = a.book_id
 WHERE %(book)s IN (0, b.id) GROUP BY b.code, substr(a.type, 1, 1)
HAVING SUM(a.normal * a.balance) <> 0;

-- I6: the award is where it went
SELECT b.code FROM ledger_book b JOIN ledger_account a ON a.book_id = b.id
 WHERE %(book)s IN (0, b.id) GROUP BY b.code
HAVING SUM(CASE WHEN a.type = 'B.AWARD' THEN -a.balance
                WHEN a.type LIKE 'B.' || '%%' THEN a.balance ELSE 0 END) <> 0;

-- I7: coordination never holds more than its share of the award, split or not
SELECT b.code FROM ledger_book b JOIN ledger_account a ON a.book_id = b.id
 WHERE %(book)s IN (0, b.id) GROUP BY b.code, b.share_n, b.share_d
HAVING b.share_d * SUM(CASE WHEN a.type IN ('B.COORD', 'B.CCLAIM', 'B.CACC')
                            THEN a.balance ELSE 0 END)
     > (b.share_d - b.share_n) * SUM(CASE a.type WHEN 'B.AWARD' THEN a.balance
                                                 WHEN 'B.APPR' THEN -a.balance ELSE 0 END);

-- I7: what SMEs hold is within the earmark
SELECT b.code FROM ledger_book b JOIN ledger_account a ON a.book_id = b.id
 WHERE %(book)s IN (0, b.id) GROUP BY b.code
HAVING SUM(CASE WHEN a.type IN ('B.CALL', 'B.RESV', 'B.VCH', 'B.VADV', 'B.CLAIM', 'B.SACC')
                THEN a.balance ELSE 0 END)
     > SUM(CASE WHEN a.type = 'B.AWARD' THEN a.balance
                WHEN a.type IN ('B.APPR', 'B.COORD', 'B.CCLAIM', 'B.CACC') THEN -a.balance
                ELSE 0 END);

-- I8: an advance that is out is part of its voucher or of a claim on it
SELECT a.code FROM ledger_account a
  LEFT JOIN ledger_account c ON c.book_id = a.book_id AND c.type = 'B.CLAIM' AND c.key = a.key
  LEFT JOIN ledger_account s ON s.book_id = a.book_id AND s.type = 'P.SADV' AND s.key = a.key
 WHERE %(book)s IN (0, a.book_id) AND a.type = 'B.VADV'
   AND (COALESCE(s.balance, 0) < a.balance
     OR COALESCE(s.balance, 0) > a.balance + COALESCE(c.balance, 0));

-- I8: no voucher is redeemed beyond what was issued
SELECT code FROM (
  SELECT b.code || ', voucher ' || v.key AS code,
    CASE WHEN x.type = 'B.SACC' THEN n.amount ELSE 0 END AS accepted,
    CASE WHEN v.type = 'B.VCH' AND x.type IN ('B.RESV', 'B.CALL', 'B.POOL')
         THEN -n.amount ELSE 0 END AS issued
    FROM ledger_entry n JOIN ledger_account v ON v.id = n.account_id
    JOIN ledger_posting p ON p.id = n.posting_id
    JOIN ledger_account x ON x.id = p.debit_id + p.credit_id - v.id
    JOIN ledger_book b ON b.id = v.book_id
   WHERE %(book)s IN (0, v.book_id) AND v.type IN ('B.VCH', 'B.CLAIM')) AS moved
 GROUP BY code HAVING SUM(accepted) > SUM(issued);

-- I9: head-room is what the use leaves of the cap; a group that joined another has neither
SELECT code FROM (
  SELECT a.code, a.balance AS room, a.closed, COALESCE(u.balance, 0) AS used, (
    SELECT COALESCE(SUM(-n.amount), 0) FROM ledger_entry n
      JOIN ledger_posting p ON p.id = n.posting_id
      JOIN ledger_account d ON d.id = p.debit_id AND d.type = 'L.CTL'
     WHERE n.account_id = a.id) AS cap
    FROM ledger_account a
    LEFT JOIN ledger_account u ON u.book_id = a.book_id AND u.type = 'L.USED' AND u.key = a.key
   WHERE %(book)s IN (0, a.book_id) AND a.type = 'L.CAP') AS head
 WHERE room <> CASE WHEN closed OR used >= cap THEN 0 ELSE cap - used END
    OR (closed AND used <> 0);

-- I9: only two groups that turned out to be one hold more than the cap
SELECT u.code FROM ledger_account u
  LEFT JOIN ledger_account a ON a.book_id = u.book_id AND a.type = 'L.CAP' AND a.key = u.key
 WHERE %(book)s IN (0, u.book_id) AND u.type = 'L.USED' AND u.balance > (
   SELECT COALESCE(SUM(-n.amount), 0) FROM ledger_entry n
     JOIN ledger_posting p ON p.id = n.posting_id
     JOIN ledger_account d ON d.id = p.debit_id AND d.type = 'L.CTL'
    WHERE n.account_id = a.id)
   AND NOT EXISTS (
   SELECT 1 FROM ledger_entry n JOIN ledger_posting p ON p.id = n.posting_id
     JOIN ledger_account d ON d.id = p.debit_id AND d.type = 'L.USED'
    WHERE n.account_id = u.id AND n.amount < 0);

-- I9: what SMEs hold, were paid or still owe has used head-room
SELECT b.code FROM ledger_book b JOIN ledger_account a ON a.book_id = b.id
 WHERE %(book)s IN (0, b.id) GROUP BY b.code
HAVING SUM(CASE WHEN a.type = 'L.USED' THEN -a.balance
                WHEN a.type IN ('B.RESV', 'B.VCH', 'B.VADV', 'B.CLAIM', 'B.SACC', 'P.SREC')
                THEN a.balance ELSE 0 END) <> 0;

-- I10: whenever aid was entered, no window that contains it held more than its ceiling
SELECT 'aid ' || r.id FROM ledger_aid r
  LEFT JOIN ledger_event e ON e.id = r.event_id
  JOIN ledger_aidmember root ON root.holder_id = r.holder_id AND root.since < r.id
   AND NOT EXISTS (SELECT 1 FROM ledger_aidmember later
                    WHERE later.holder_id = root.holder_id AND later.id > root.id
                      AND later.since < r.id)
  JOIN ledger_aidmember tm ON tm.root_id = root.root_id AND tm.since < r.id
  JOIN ledger_aid t ON t.holder_id = tm.holder_id AND t.id <= r.id
   AND r.granted_on <= t.granted_on AND t.granted_on < r.leaves_on
  JOIN ledger_aidmember xm ON xm.root_id = root.root_id AND xm.since < r.id
  JOIN ledger_aid x ON x.holder_id = xm.holder_id AND x.id <= r.id
   AND x.granted_on <= t.granted_on AND t.granted_on < x.leaves_on
 WHERE r.corrects_id IS NULL AND (%(book)s = 0 OR e.book_id = %(book)s)
 GROUP BY r.id, r.ceiling_cents, t.id HAVING SUM(x.cents) > r.ceiling_cents;

-- I10: a correction takes back no more than its row has
SELECT 'aid ' || a.id FROM ledger_aid a JOIN ledger_aid c ON c.corrects_id = a.id
  LEFT JOIN ledger_event e ON e.id = a.event_id
 WHERE %(book)s = 0 OR e.book_id = %(book)s GROUP BY a.id, a.cents
HAVING a.cents + SUM(c.cents) < 0;

-- I11: the last settlement is the formula, of the ledger's own S and C
SELECT b.code || ' settlement ' || s.n
  FROM ledger_settlement s JOIN ledger_book b ON b.id = s.book_id
  JOIN ledger_account sa ON sa.book_id = b.id AND sa.type = 'B.SACC'
  JOIN ledger_account ca ON ca.book_id = b.id AND ca.type = 'B.CACC'
  LEFT JOIN ledger_entry sn ON sn.account_id = sa.id AND sn.seq = s.s_seq
  LEFT JOIN ledger_entry cn ON cn.account_id = ca.id AND cn.seq = s.c_seq
 WHERE %(book)s IN (0, b.id)
   AND s.n = (SELECT MAX(x.n) FROM ledger_settlement x WHERE x.book_id = s.book_id)
   AND NOT (
     s.s_accepted = COALESCE(sn.balance_after, 0) AND s.c_accepted = COALESCE(cn.balance_after, 0)
     AND s.sme_part + s.coord_part = s.payable AND s.sme_part >= 0 AND s.coord_part >= 0
     AND s.share_d * s.sme_part >= s.share_n * s.payable
     AND s.payable <= s.grant_max AND s.sme_part <= s.s_accepted
     AND s.coord_part <= s.c_accepted
     AND (s.payable = s.grant_max OR (s.sme_part = s.s_accepted
       AND (s.coord_part = s.c_accepted
         OR s.share_n * (s.coord_part + 1) > (s.share_d - s.share_n) * s.s_accepted))));

-- I12: income is the final grant; what is still to come or to pay back is the rest of it
SELECT b.code FROM ledger_book b
  JOIN ledger_settlement s ON s.book_id = b.id
   AND s.n = (SELECT MAX(x.n) FROM ledger_settlement x WHERE x.book_id = b.id)
  JOIN ledger_account a ON a.book_id = b.id
 WHERE %(book)s IN (0, b.id) GROUP BY b.id, b.code, s.payable
HAVING SUM(CASE WHEN a.type = 'P.INCOME' THEN a.balance ELSE 0 END) <> s.payable
    OR SUM(CASE WHEN a.type = 'P.PREFIN' THEN a.balance ELSE 0 END) <> 0
    OR SUM(CASE a.type WHEN 'P.EUREC' THEN a.balance WHEN 'P.EUDUE' THEN -a.balance ELSE 0 END)
     <> s.payable - (
      SELECT COALESCE(SUM(n.amount), 0) FROM ledger_account k
        JOIN ledger_entry n ON n.account_id = k.id
        JOIN ledger_posting p ON p.id = n.posting_id
        JOIN ledger_account x ON x.id = p.debit_id + p.credit_id - k.id
       WHERE k.book_id = b.id AND k.type = 'P.BANK'
         AND x.type IN ('P.PREFIN', 'P.EUREC', 'P.EUDUE'));

-- I14: every event has its document, and nobody approves what they record
SELECT 'event ' || e.id FROM ledger_event e LEFT JOIN core_document d ON d.id = e.document_id
  LEFT JOIN core_person who ON who.id = e.actor_id
 WHERE %(book)s IN (0, e.book_id)
   AND (d.id IS NULL OR who.id IS NULL OR e.approver_id = e.actor_id);

-- I15: cash by the day of the event is what the bank's statement says
SELECT b.code || ' on ' || s.day FROM ledger_bankbalance s JOIN ledger_book b ON b.id = s.book_id
 WHERE %(book)s IN (0, b.id)
   AND s.id = (SELECT MAX(x.id) FROM ledger_bankbalance x
                WHERE x.book_id = s.book_id AND x.day = s.day)
   AND s.cents <> (
    SELECT COALESCE(SUM(n.amount), 0) FROM ledger_entry n
      JOIN ledger_account a ON a.id = n.account_id JOIN ledger_posting p ON p.id = n.posting_id
      JOIN ledger_event e ON e.id = p.event_id
     WHERE a.book_id = b.id AND a.type = 'P.BANK' AND e.effective_on <= s.day);

-- I16: nothing of an award is left unsplit
SELECT a.code FROM ledger_account a
 WHERE %(book)s IN (0, a.book_id) AND a.type = 'B.APPR' AND a.balance <> 0;

-- I17: nothing is spent that was not accepted
SELECT a.code FROM ledger_account a JOIN ledger_account s ON s.book_id = a.book_id
   AND s.type = CASE a.type WHEN 'P.SEXP' THEN 'B.SACC' ELSE 'B.CACC' END
 WHERE %(book)s IN (0, a.book_id) AND a.type IN ('P.SEXP', 'P.CEXP') AND a.balance > s.balance;

-- I18: a closed period holds what it held when it was closed
SELECT a.code || ' through ' || c.through FROM ledger_period c
  JOIN ledger_account a ON a.book_id = c.book_id
  LEFT JOIN ledger_snapshot s ON s.period_id = c.id AND s.account_id = a.id
 WHERE %(book)s IN (0, c.book_id)
   AND COALESCE(s.balance, 0) <> a.normal * (
    SELECT COALESCE(SUM(n.amount), 0) FROM ledger_entry n
      JOIN ledger_posting p ON p.id = n.posting_id JOIN ledger_event e ON e.id = p.event_id
     WHERE n.account_id = a.id AND e.effective_on <= c.through);
