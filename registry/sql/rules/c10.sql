-- C10: agencies that the list of offices does not have.
INSERT INTO finding (rule, severity, run_id, subject_kind, subject_key, unit_id, other_unit_id,
                     value_found, value_expected, lon, lat)
SELECT ?1, ?2, ?3, 'office', d.handling_unit, NULL, NULL, CAST(count(*) AS TEXT), NULL, NULL, NULL
FROM dossier d
WHERE d.handling_unit GLOB '*[^0-9]*' AND d.handling_unit NOT IN (SELECT old_id FROM office)
GROUP BY d.handling_unit
ORDER BY d.handling_unit;
