-- C07: cases that name a household or parcel that is not there.
INSERT INTO finding (rule, severity, run_id, subject_kind, subject_key, unit_id, other_unit_id,
                     value_found, value_expected, lon, lat)
SELECT ?1, ?2, ?3, 'case', d.key, NULL, NULL,
       CASE WHEN d.household_key IS NOT NULL
                 AND NOT EXISTS (SELECT 1 FROM household h WHERE h.key = d.household_key)
            THEN 'household ' || d.household_key ELSE 'parcel ' || d.parcel_key END,
       NULL, d.lon, d.lat
FROM dossier d
LEFT JOIN verdict v ON v.kind = 4 AND v.record_id = d.id
WHERE (d.household_key IS NOT NULL AND v.method IS NOT 8
       AND NOT EXISTS (SELECT 1 FROM household h WHERE h.key = d.household_key))
   OR (d.parcel_key IS NOT NULL AND v.method IS NOT 3
       AND NOT EXISTS (SELECT 1 FROM parcel p WHERE p.key = d.parcel_key))
ORDER BY d.id;
