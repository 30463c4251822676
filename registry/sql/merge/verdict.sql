INSERT INTO verdict_row (kind, record_id, status, method, reason, new_unit, old_unit, edge_id, candidates,
                     warnings, border_m, queue, flags, run_id, probabilities, point_unit, rule_id, entry,
                     seal)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19);
