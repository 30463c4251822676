INSERT INTO procedure_row (code, field, name, province_code, place, level_before, level_after, rules,
                           basis, source_id, source_line)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11);
