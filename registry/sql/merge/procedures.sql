-- What is known of procedures.
SELECT code, field, name, province_code, place, level_before, level_after, rules, basis
FROM procedure_row ORDER BY id;
