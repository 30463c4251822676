INSERT INTO split_rule (origin, state, old_unit, new_unit, street, side, number_from, number_to, alley,
                        hamlet, sheet, source, support, purity, stated_on, source_id, source_line, run_id)
SELECT 'imported', 'used', ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, s.id, ?15, s.run_id
FROM source s WHERE s.id = ?14;
