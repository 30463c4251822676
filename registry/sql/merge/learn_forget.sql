DELETE FROM split_rule
WHERE origin = 'learned' AND NOT EXISTS (SELECT 1 FROM verdict_row v WHERE v.rule_id = split_rule.id)
  AND NOT EXISTS (SELECT 1 FROM verdict_row_past v WHERE v.rule_id = split_rule.id);
