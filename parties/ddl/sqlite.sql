-- An account is never edited: a change is a new row, and who stood behind it stays.
CREATE TRIGGER parties_bankaccount_kept BEFORE UPDATE ON parties_bankaccount
WHEN NEW.organisation_id IS NOT OLD.organisation_id
  OR NEW.holder IS NOT OLD.holder
  OR NEW.iban IS NOT OLD.iban
  OR NEW.bic IS NOT OLD.bic
  OR NEW.proposed_by_id IS NOT OLD.proposed_by_id
  OR NEW.proposed_at IS NOT OLD.proposed_at
  OR (OLD.validated_by_id IS NOT NULL
      AND (NEW.validated_by_id IS NOT OLD.validated_by_id
           OR NEW.validated_at IS NOT OLD.validated_at
           OR NEW.usable_from IS NOT OLD.usable_from))
BEGIN
  SELECT RAISE(ABORT, 'a bank account is not edited: propose a new one');
END;
