-- D03: decisions on records that are not there, or for units that are not.
INSERT INTO finding (rule, severity, run_id, subject_kind, subject_key, unit_id, other_unit_id,
                     value_found, value_expected, lon, lat)
SELECT ?1, ?2, ?3, k.name, d.record_key, NULL, NULL, d.new_code, NULL, NULL, NULL
FROM decision d JOIN record_kind k ON k.id = d.kind
WHERE NOT (d.kind = 1 AND EXISTS (SELECT 1 FROM address WHERE key = d.record_key)
           OR d.kind = 2 AND EXISTS (SELECT 1 FROM household WHERE key = d.record_key)
           OR d.kind = 3 AND EXISTS (SELECT 1 FROM parcel WHERE key = d.record_key)
           OR d.kind = 4 AND EXISTS (SELECT 1 FROM dossier WHERE key = d.record_key))
   OR NOT EXISTS (SELECT 1 FROM unit u WHERE u.code = d.new_code
                  AND (u.valid_to IS NULL OR u.valid_to > (SELECT max(effective_on) FROM decree)))
ORDER BY d.kind, d.record_key;
