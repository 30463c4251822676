-- A rule learned from a few addresses tells of a few houses: only those that are used stay.
DELETE FROM split_rule WHERE state <> 'used' AND id NOT IN (SELECT rule_id FROM verdict WHERE rule_id IS NOT NULL)
    AND id NOT IN (SELECT rule_id FROM verdict_past WHERE rule_id IS NOT NULL);
