-- The rules about cases that this registry brings, in the order of their file.
SELECT rule, applies_from, applies_to, province_code, text, citation, configurable, text_vi, citation_vi
FROM case_rule ORDER BY id;
