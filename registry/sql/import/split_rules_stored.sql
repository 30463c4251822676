-- The imported rules that are stored already.
SELECT old_unit, new_unit, street, side, number_from, number_to, alley, hamlet, sheet
FROM split_rule WHERE origin = 'imported' ORDER BY id;
