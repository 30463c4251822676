-- Verdicts of records that were in the unit with code ?1.
SELECT kind, record_id FROM verdict WHERE old_unit IN (SELECT id FROM unit WHERE code = ?1)
ORDER BY kind, record_id;
