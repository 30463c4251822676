INSERT INTO case_rule (rule, applies_from, applies_to, province_code, text, citation, text_vi, citation_vi,
                       configurable, source_id, source_line)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11);
