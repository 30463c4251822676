-- The verdicts of one unit, for 'noi undo' (docs/decisions/0041-ledger.md).
CREATE INDEX verdict_new_unit ON verdict (new_unit) WHERE new_unit IS NOT NULL;
CREATE INDEX verdict_old_unit ON verdict (old_unit) WHERE old_unit IS NOT NULL;
