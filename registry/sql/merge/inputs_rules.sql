-- What a plan depends on: rules for parts of units.
SELECT id, origin, state, old_unit, new_unit, street, side, number_from, number_to, alley, hamlet, sheet,
       source, support, purity, stated_on
FROM split_rule WHERE state <> 'retired' ORDER BY id;
