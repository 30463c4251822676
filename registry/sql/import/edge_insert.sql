INSERT INTO edge (decree_id, old_unit, new_unit, part, scope, clause, basis, source_id)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
ON CONFLICT (old_unit, new_unit, basis) DO NOTHING;
