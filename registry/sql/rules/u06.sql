-- U06: the crosswalk read from the law and the one from a table disagree.
-- Found: the law's edge; expected: the table's.
INSERT INTO finding (rule, severity, run_id, subject_kind, subject_key, unit_id, other_unit_id,
                     value_found, value_expected, lon, lat)
SELECT ?1, ?2, ?3, 'edge', o.code || ' ' || n.code, o.id, n.id,
       CASE WHEN l.id IS NOT NULL THEN l.part || ', ' || l.scope || ', ' || l.clause END,
       CASE WHEN t.id IS NOT NULL THEN t.part || ', ' || t.scope || ', ' || t.clause END,
       n.lon, n.lat
FROM (SELECT DISTINCT e.decree_id, e.old_unit, e.new_unit
      FROM edge e
      WHERE EXISTS (SELECT 1 FROM edge x WHERE x.decree_id = e.decree_id AND x.basis = 'law')
        AND EXISTS (SELECT 1 FROM edge x WHERE x.decree_id = e.decree_id AND x.basis = 'table')) p
JOIN unit o ON o.id = p.old_unit
JOIN unit n ON n.id = p.new_unit
LEFT JOIN edge l ON l.old_unit = p.old_unit AND l.new_unit = p.new_unit AND l.basis = 'law'
LEFT JOIN edge t ON t.old_unit = p.old_unit AND t.new_unit = p.new_unit AND t.basis = 'table'
WHERE l.id IS NULL OR t.id IS NULL OR l.part <> t.part OR l.scope <> t.scope OR l.clause <> t.clause
ORDER BY o.code, n.code;
