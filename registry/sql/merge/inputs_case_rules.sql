-- What a plan depends on: rules about cases that replace those of the program.
SELECT id, rule, applies_from, applies_to, province_code, text, citation, text_vi, citation_vi, configurable
FROM case_rule ORDER BY id;
