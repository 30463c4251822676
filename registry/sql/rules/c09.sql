-- C09: other numbers of cases that are not there.
INSERT INTO finding (rule, severity, run_id, subject_kind, subject_key, unit_id, other_unit_id,
                     value_found, value_expected, lon, lat)
SELECT ?1, ?2, ?3, 'case', a.alias, NULL, NULL, a.dossier_key, NULL, NULL, NULL
FROM dossier_alias a
WHERE NOT EXISTS (SELECT 1 FROM dossier d WHERE d.key = a.dossier_key)
ORDER BY a.alias, a.dossier_key;
