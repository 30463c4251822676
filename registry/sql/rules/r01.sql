-- R01: records that never had a verdict; what an undo took back is accounted for elsewhere.
-- Before the first merge one finding a source; afterwards one a record, and the records are only
-- walked through when their number differs from that of the verdicts.
INSERT INTO finding (rule, severity, run_id, subject_kind, subject_key, unit_id, other_unit_id,
                     value_found, value_expected, lon, lat)
SELECT ?1, ?2, ?3, kind, key, NULL, NULL, NULL, NULL, lon, lat
FROM (
    SELECT 0 AS o, id, 'source' AS kind, name AS key, NULL AS lon, NULL AS lat FROM source
    WHERE NOT EXISTS (SELECT 1 FROM verdict) AND NOT EXISTS (SELECT 1 FROM verdict_past)
      AND kind IN ('addresses', 'households', 'parcels', 'cases', 'reports', 'documents', 'accounts') AND rows_stored > 0
    UNION ALL
    SELECT 1, id, 'address', key, lon, lat FROM address a
    WHERE EXISTS (SELECT 1 FROM verdict)
      AND (SELECT count(*) FROM address) <> (SELECT count(*) FROM verdict WHERE kind = 1)
      AND NOT EXISTS (SELECT 1 FROM verdict v WHERE v.kind = 1 AND v.record_id = a.id)
      AND NOT EXISTS (SELECT 1 FROM verdict_past v WHERE v.kind = 1 AND v.record_id = a.id) -- taken back
    UNION ALL
    SELECT 2, id, 'household', key, NULL, NULL FROM household a
    WHERE EXISTS (SELECT 1 FROM verdict)
      AND (SELECT count(*) FROM household) <> (SELECT count(*) FROM verdict WHERE kind = 2)
      AND NOT EXISTS (SELECT 1 FROM verdict v WHERE v.kind = 2 AND v.record_id = a.id)
      AND NOT EXISTS (SELECT 1 FROM verdict_past v WHERE v.kind = 2 AND v.record_id = a.id) -- taken back
    UNION ALL
    SELECT 3, id, 'parcel', key, lon, lat FROM parcel a
    WHERE EXISTS (SELECT 1 FROM verdict)
      AND (SELECT count(*) FROM parcel) <> (SELECT count(*) FROM verdict WHERE kind = 3)
      AND NOT EXISTS (SELECT 1 FROM verdict v WHERE v.kind = 3 AND v.record_id = a.id)
      AND NOT EXISTS (SELECT 1 FROM verdict_past v WHERE v.kind = 3 AND v.record_id = a.id) -- taken back
    UNION ALL
    SELECT 4, id, 'case', key, lon, lat FROM dossier a
    WHERE EXISTS (SELECT 1 FROM verdict)
      AND (SELECT count(*) FROM dossier) <> (SELECT count(*) FROM verdict WHERE kind = 4)
      AND NOT EXISTS (SELECT 1 FROM verdict v WHERE v.kind = 4 AND v.record_id = a.id)
      AND NOT EXISTS (SELECT 1 FROM verdict_past v WHERE v.kind = 4 AND v.record_id = a.id) -- taken back
)
ORDER BY o, id;
