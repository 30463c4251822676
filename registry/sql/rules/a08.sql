-- A08: points too near to a border to decide, or where units overlap. '26740 26743; 48 51 %'.
INSERT INTO finding (rule, severity, run_id, subject_kind, subject_key, unit_id, other_unit_id,
                     value_found, value_expected, lon, lat)
SELECT ?1, ?2, ?3, n.subject, n.key, n.old_unit, n.new_unit,
       printf('%.1f m', n.border_m),
       n.candidates || ifnull('; ' || n.probabilities || ' %', ''), n.lon, n.lat
FROM temp.noted_record n
WHERE NOT n.follows AND n.reason IN (3, 14)
ORDER BY n.kind, n.record_id;
