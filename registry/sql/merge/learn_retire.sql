-- Learned rules that a verdict names, or named, are kept, so that it stays explained.
UPDATE split_rule SET state = 'retired'
WHERE origin = 'learned' AND state <> 'retired'
  AND (EXISTS (SELECT 1 FROM verdict_row v WHERE v.rule_id = split_rule.id)
       OR EXISTS (SELECT 1 FROM verdict_row_past v WHERE v.rule_id = split_rule.id));
