-- A later table takes the place of this one.
DELETE FROM decision_rule;
