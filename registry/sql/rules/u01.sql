-- U01: every old unit is used up exactly once by the law.
-- Found: how many edges of each kind leave the unit.
INSERT INTO finding (rule, severity, run_id, subject_kind, subject_key, unit_id, other_unit_id,
                     value_found, value_expected, lon, lat)
SELECT ?1, ?2, ?3, 'unit', o.code, o.id, NULL,
       printf('whole %d, part %d, remainder %d', ifnull(sum(e.part = 'whole'), 0),
              ifnull(sum(e.part = 'part'), 0), ifnull(sum(e.part = 'remainder'), 0)),
       'whole 1, or part >= 1 and remainder <= 1', o.lon, o.lat
FROM temp.old_unit o
LEFT JOIN temp.law_edge e ON e.old_unit = o.id
GROUP BY o.id
HAVING NOT (ifnull(sum(e.part = 'whole'), 0) = 1 AND count(e.id) = 1)
   AND NOT (ifnull(sum(e.part = 'whole'), 0) = 0 AND count(e.id) >= 2
            AND sum(e.part = 'remainder') <= 1)
ORDER BY o.code;
