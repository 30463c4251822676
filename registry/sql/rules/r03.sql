-- R03: rows that were rejected at the door.
-- Found: how many, in which column, for which reason.
INSERT INTO finding (rule, severity, run_id, subject_kind, subject_key, unit_id, other_unit_id,
                     value_found, value_expected, lon, lat)
SELECT ?1, ?2, ?3, 'source', s.name, NULL, NULL,
       printf('%d × %s (%s)', count(*), r.reason, r.column_name), '0', NULL, NULL
FROM reject r
JOIN source s ON s.id = r.source_id
GROUP BY s.id, r.column_name, r.reason
ORDER BY s.id, r.column_name, r.reason;
