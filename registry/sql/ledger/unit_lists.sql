-- All lists of units' records.
SELECT entry, side, unit_id, kind, ids FROM verdict_unit ORDER BY entry, side, unit_id, kind;
