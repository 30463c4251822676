-- The learned rules as run ?1 left them; a later run replaces or retires them.
SELECT id, old_unit, new_unit, street, side, number_from, number_to, alley, hamlet, sheet, source, support,
       purity, stated_on, state, why, run_id
FROM split_rule
WHERE origin = 'learned' AND ?1 = ?1
ORDER BY id;
