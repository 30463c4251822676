-- A later table takes the place of this one.
DELETE FROM case_rule;
