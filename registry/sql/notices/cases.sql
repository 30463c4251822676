-- Cases that change hands by rule R6 (bit 7 + 6 of the flags), handler by handler. Departments and the
-- city's centre (levels 3 and 4) are the province's; an office that was of no unit has its successor.
SELECT CASE WHEN v.flags >> 4 & 7 IN (3, 4) THEN ifnull(n.province_code, '')
            ELSE coalesce(n.code, o.new_id) END AS handler,
       v.flags >> 4 & 7 AS level,
       CASE WHEN v.flags >> 4 & 7 IN (3, 4) THEN n.province_name
            WHEN n.id IS NULL THEN o.name
            ELSE upper(substr(n.kind, 1, 1)) || substr(n.kind, 2) || ' ' || n.name END,
       d.key, d.system, d.procedure_code, d.handling_unit, o.new_id, d.intake_unit,
       coalesce(d.received_raw, d.received_on), coalesce(d.due_raw, d.due_on), d.status, v.flags
FROM verdict v
JOIN dossier d ON d.id = v.record_id
LEFT JOIN unit n ON n.id = v.new_unit
LEFT JOIN office o ON o.id = (SELECT id FROM office WHERE old_id = d.handling_unit
                              ORDER BY starts_on DESC LIMIT 1)
WHERE v.kind = 4 AND v.flags >> 13 & 1
ORDER BY handler, level, d.key;
