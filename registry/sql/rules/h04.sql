-- H04: households without a head, or with several.
INSERT INTO finding (rule, severity, run_id, subject_kind, subject_key, unit_id, other_unit_id,
                     value_found, value_expected, lon, lat)
SELECT ?1, ?2, ?3, 'household', m.household_key, NULL, NULL, CAST(sum(m.is_head) AS TEXT), '1',
       NULL, NULL
FROM member m
GROUP BY m.household_key
HAVING sum(m.is_head) <> 1
ORDER BY m.household_key;
