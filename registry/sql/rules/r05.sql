-- R05: verdicts that no edge of the law allows.
INSERT INTO finding (rule, severity, run_id, subject_kind, subject_key, unit_id, other_unit_id,
                     value_found, value_expected, lon, lat)
SELECT ?1, ?2, ?3, n.subject, n.key, n.old_unit, n.new_unit,
       (SELECT code FROM unit WHERE id = n.new_unit),
       (SELECT group_concat(code, ' ') FROM (SELECT DISTINCT u.code
        FROM edge e JOIN unit u ON u.id = e.new_unit WHERE e.old_unit = n.old_unit ORDER BY u.code)),
       n.lon, n.lat
FROM temp.noted_record n
WHERE n.why & 2
ORDER BY n.kind, n.record_id;
