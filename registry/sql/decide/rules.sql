-- The rules about decisions that this registry brings, in the order of their file.
SELECT rule, applies_from, applies_to, condition, most, persons FROM decision_rule ORDER BY id;
