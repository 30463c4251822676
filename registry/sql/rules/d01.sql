-- D01: people who decided differently on one record. Found: the units that they name.
INSERT INTO finding (rule, severity, run_id, subject_kind, subject_key, unit_id, other_unit_id,
                     value_found, value_expected, lon, lat)
SELECT ?1, ?2, ?3, k.name, v.record_key, NULL, NULL,
       (SELECT group_concat(new_code, ' ') FROM (SELECT DISTINCT new_code FROM decision_voice w
        WHERE w.kind = v.kind AND w.record_key = v.record_key ORDER BY 1)), NULL, NULL, NULL
FROM decision_voice v JOIN record_kind k ON k.id = v.kind
GROUP BY v.kind, v.record_key
HAVING count(DISTINCT v.new_code) > 1
ORDER BY v.kind, v.record_key;
