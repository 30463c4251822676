-- H03: one residence file number twice inside one new unit.
-- Expected: the least key among the earlier households with this number in the same new unit. Needs temp.twin.
INSERT INTO finding (rule, severity, run_id, subject_kind, subject_key, unit_id, other_unit_id,
                     value_found, value_expected, lon, lat)
SELECT ?1, ?2, ?3, 'household', key, old_unit, new_unit, NULL, first, NULL, NULL
FROM (SELECT h.id, h.key, v.old_unit, v.new_unit,
             min(h.key) OVER (PARTITION BY h.residence_file, v.new_unit ORDER BY h.id
                              ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS first
      FROM temp.twin t
      CROSS JOIN household h ON h.id = t.id
      CROSS JOIN verdict v ON v.kind = 2 AND v.record_id = h.id
      WHERE v.new_unit IS NOT NULL)
WHERE first IS NOT NULL
ORDER BY id;
