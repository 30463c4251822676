-- C08: procedures of which no row speaks, where a table of procedures is there.
INSERT INTO finding (rule, severity, run_id, subject_kind, subject_key, unit_id, other_unit_id,
                     value_found, value_expected, lon, lat)
SELECT ?1, ?2, ?3, 'procedure', d.procedure_code, NULL, NULL, CAST(count(*) AS TEXT), NULL, NULL, NULL
FROM dossier d
LEFT JOIN verdict v ON v.kind = 4 AND v.record_id = d.id
WHERE EXISTS (SELECT 1 FROM procedure_row)
  AND substr(d.procedure_code, 1, 8) NOT IN (SELECT code FROM procedure_row WHERE code IS NOT NULL)
  AND ifnull(v.flags >> 4 & 7, 0) = 0 -- no row about its field either
GROUP BY d.procedure_code
ORDER BY d.procedure_code;
