-- D04: proposals that wait for a second person. Found: the unit; expected: the rules that ask for it.
INSERT INTO finding (rule, severity, run_id, subject_kind, subject_key, unit_id, other_unit_id,
                     value_found, value_expected, lon, lat)
SELECT ?1, ?2, ?3, k.name, v.record_key, NULL, NULL, min(v.new_code), max(v.rules), NULL, NULL
FROM decision_voice v JOIN record_kind k ON k.id = v.kind
GROUP BY v.kind, v.record_key
HAVING count(DISTINCT v.new_code) = 1 AND count(*) < max(v.needs)
ORDER BY v.kind, v.record_key;
