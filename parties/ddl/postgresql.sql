-- An account is never edited: a change is a new row, and who stood behind it stays.
CREATE OR REPLACE FUNCTION parties_bankaccount_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.organisation_id, NEW.holder, NEW.iban, NEW.bic, NEW.proposed_by_id, NEW.proposed_at)
     IS DISTINCT FROM
     (OLD.organisation_id, OLD.holder, OLD.iban, OLD.bic, OLD.proposed_by_id, OLD.proposed_at)
  OR (OLD.validated_by_id IS NOT NULL
      AND (NEW.validated_by_id, NEW.validated_at, NEW.usable_from)
          IS DISTINCT FROM (OLD.validated_by_id, OLD.validated_at, OLD.usable_from))
  THEN
    RAISE EXCEPTION 'a bank account is not edited: propose a new one'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER parties_bankaccount_kept BEFORE UPDATE ON parties_bankaccount
  FOR EACH ROW EXECUTE FUNCTION parties_bankaccount_keep();
