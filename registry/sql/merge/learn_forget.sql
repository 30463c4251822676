DELETE FROM split_rule
WHERE origin = 'learned' AND NOT EXISTS (SELECT 1 FROM verdict v WHERE v.rule_id = split_rule.id);
