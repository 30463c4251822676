INSERT INTO decision_rule (rule, applies_from, applies_to, condition, most, persons, text, citation, source_id,
                           source_line)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10);
