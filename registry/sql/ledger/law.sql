-- What records are judged by, as run ?1 left it: units, law, borders, and the tables about cases and decisions; a
-- later import adds to it. Learned rules have an entry of their own.
SELECT 'unit' AS "table", id, json_array(code, kind, name, district_code, district_kind, district_name, province_code,
       province_name, valid_from, valid_to, area_km2, population, lon, lat, resolution, clause, source_id, source_line), NULL
FROM unit WHERE ?1 = ?1
UNION ALL
SELECT 'district_alias', id, json_array(former_code, former_name, province_code, last_day, resolution, successor_code,
       successor_name, source_id, source_line), NULL FROM district_alias
UNION ALL
SELECT 'decree', id, json_array(number, province_code, effective_on, source_id), NULL FROM decree
UNION ALL
SELECT 'clause', decree_id, json_array(number, text), NULL FROM clause
UNION ALL
SELECT 'edge', id, json_array(decree_id, old_unit, new_unit, part, scope, clause, basis, source_id), NULL FROM edge
UNION ALL
SELECT 'layer', id, json_array(source_id, name, as_of, synthetic), NULL FROM layer
UNION ALL
SELECT 'layer_unit', id, json_array(layer_id, line, code, name, kind, unit_id, area_km2), geom FROM layer_unit
UNION ALL
SELECT 'office', id, json_array(old_id, new_id, unit_code, name, starts_on, source_id, source_line), NULL FROM office
UNION ALL
SELECT 'procedure', id, json_array(code, field, name, province_code, place, level_before, level_after, rules, basis,
       source_id, source_line), NULL FROM procedure_row
UNION ALL
SELECT 'case_rule', id, json_array(rule, applies_from, applies_to, province_code, text, citation, text_vi, citation_vi,
       configurable, source_id, source_line), NULL FROM case_rule
UNION ALL
SELECT 'decision_rule', id, json_array(rule, applies_from, applies_to, condition, most, persons, text, citation,
       source_id, source_line), NULL FROM decision_rule
UNION ALL
SELECT 'split_rule', id, json_array(state, old_unit, new_unit, street, side, number_from, number_to, alley, hamlet, sheet,
       source, support, purity, stated_on, why, source_id, source_line), NULL FROM split_rule WHERE origin = 'imported'
UNION ALL
SELECT 'dossier_alias', 0, json_array(alias, dossier_key, system, source_id, source_line), NULL FROM dossier_alias
UNION ALL
SELECT 'record_kind', id, json_array(name), NULL FROM record_kind
ORDER BY 1, 2, 3;
