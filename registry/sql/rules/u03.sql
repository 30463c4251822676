-- U03: old units of one name around one new unit.
-- Found: the units that share the name, with their districts.
INSERT INTO finding (rule, severity, run_id, subject_kind, subject_key, unit_id, other_unit_id,
                     value_found, value_expected, lon, lat)
SELECT ?1, ?2, ?3, 'unit', n.code, n.id, NULL,
       group_concat(h.full_name || ' (' || h.district_name || ')', ', '), n.full_name, n.lon, n.lat
FROM (SELECT DISTINCT e.new_unit, x.full_name, x.district_code, x.district_name
      FROM (SELECT DISTINCT e.new_unit, o.district_code
            FROM temp.law_edge e JOIN temp.old_unit o ON o.id = e.old_unit) e
      JOIN temp.old_unit x ON x.district_code = e.district_code
      ORDER BY e.new_unit, x.full_name, x.district_code) h
JOIN temp.new_unit n ON n.id = h.new_unit
WHERE EXISTS (SELECT 1 FROM temp.law_edge e JOIN temp.old_unit o ON o.id = e.old_unit
              WHERE e.new_unit = n.id AND o.full_name = h.full_name)
GROUP BY n.id, h.full_name
HAVING count(*) > 1
   AND (SELECT count(DISTINCT e.new_unit)
        FROM temp.law_edge e JOIN temp.old_unit o ON o.id = e.old_unit
        WHERE o.full_name = h.full_name) > 1
ORDER BY n.code, h.full_name;
