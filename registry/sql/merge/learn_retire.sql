-- Learned rules that a verdict names are kept, so that the verdict stays explained.
UPDATE split_rule SET state = 'retired'
WHERE origin = 'learned' AND state <> 'retired'
  AND EXISTS (SELECT 1 FROM verdict v WHERE v.rule_id = split_rule.id);
