-- A12: points of addresses contradict a rule for a part of a unit. Warning bit 19 is
-- NOI_WARN_RULE_CONTRADICTED, method 5 NOI_BY_SPLIT_RULE.
INSERT INTO finding (rule, severity, run_id, subject_kind, subject_key, unit_id, other_unit_id,
                     value_found, value_expected, lon, lat)
SELECT ?1, ?2, ?3, 'edge', o.code || ' ' || n.code, o.id, n.id,
       w.what || ': ' || c.against || ' / ' || c.decided,
       n.code || ' ' || n.kind || ' ' || n.name, n.lon, n.lat
FROM (SELECT rule_id, sum(warnings & 524288 <> 0) AS against, sum(method = 5) AS decided
      FROM verdict WHERE rule_id IS NOT NULL GROUP BY rule_id) c
JOIN split_rule r ON r.id = c.rule_id
JOIN (SELECT id, 'rule ' || id || ifnull(' ' || hamlet, '') || ifnull(' ' || street, '')
             || ifnull(' ' || side, '') || ifnull(' ' || number_from || '-' || number_to, '')
             || ifnull(' ' || alley || '/', '') || ifnull(' ' || sheet, '') AS what
      FROM split_rule) w ON w.id = r.id
JOIN unit o ON o.id = r.old_unit
JOIN unit n ON n.id = r.new_unit
WHERE c.against > 0
ORDER BY o.code, r.id;
