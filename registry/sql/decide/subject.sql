-- A record by kind ?1 and key ?2: its verdict's status, queue, and the units to choose from: those of the
-- verdict, else those that a voice found, else those that the law gives its old unit.
WITH record (id) AS (
    SELECT id FROM address WHERE ?1 = 1 AND key = ?2
    UNION ALL SELECT id FROM household WHERE ?1 = 2 AND key = ?2
    UNION ALL SELECT id FROM parcel WHERE ?1 = 3 AND key = ?2
    UNION ALL SELECT id FROM dossier WHERE ?1 = 4 AND key = ?2)
SELECT v.status, v.queue,
       coalesce(v.candidates,
                (SELECT candidates FROM decision_voice WHERE kind = ?1 AND record_key = ?2
                 AND candidates IS NOT NULL ORDER BY id LIMIT 1),
                (SELECT group_concat(code, ' ') FROM (SELECT DISTINCT u.code FROM edge e
                 JOIN unit u ON u.id = e.new_unit WHERE e.old_unit = v.old_unit ORDER BY u.code)),
                n.code)
FROM record r
LEFT JOIN verdict v ON v.kind = ?1 AND v.record_id = r.id
LEFT JOIN unit n ON n.id = v.new_unit AND v.method <> 1;
