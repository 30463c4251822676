-- U05: an edge that leads into another province.
-- The province of a decree is the one it states, else that of most of its new units.
INSERT INTO finding (rule, severity, run_id, subject_kind, subject_key, unit_id, other_unit_id,
                     value_found, value_expected, lon, lat)
SELECT ?1, ?2, ?3, 'edge', o.code || ' ' || n.code, o.id, n.id, n.province_code, p.province_code,
       n.lon, n.lat
FROM temp.law_edge e
JOIN temp.old_unit o ON o.id = e.old_unit
JOIN unit n ON n.id = e.new_unit
JOIN (SELECT d.id, ifnull(d.province_code,
                          (SELECT u.province_code
                           FROM temp.law_edge x JOIN unit u ON u.id = x.new_unit
                           WHERE x.decree_id = d.id
                           GROUP BY u.province_code
                           ORDER BY count(*) DESC, u.province_code LIMIT 1)) AS province_code
      FROM decree d) p ON p.id = e.decree_id
WHERE n.province_code <> p.province_code
ORDER BY o.code, n.code;
