INSERT INTO split_rule (origin, state, old_unit, new_unit, street, side, number_from, number_to, alley,
                        hamlet, source, support, purity, why, run_id)
VALUES ('learned', ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14);
