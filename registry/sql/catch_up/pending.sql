-- What the last merge that ended did not see: records whose content changed behind it (2), and records that
-- came behind it or have no verdict at all (1), by kind and old unit; what is gone at its source waits for nothing. No row: nothing is
-- pending. Without a merge all records are. Kind, what, code and name of the old unit (as the verdict says, else
-- NULL), records.
WITH merged AS (SELECT ifnull(max(id), 0) AS entry FROM ledger WHERE operation = 'merge end'),
late AS (               -- files that came in behind it
    SELECT s.id, s.kind, c.source_id IS NOT NULL AS is_round
    FROM source s
    LEFT JOIN catch_up c ON c.source_id = s.id
    WHERE (SELECT min(l.id) FROM ledger l WHERE l.run_id = s.run_id) > (SELECT entry FROM merged)
),
waiting AS (
    SELECT r.kind, r.record_id, min(r.what) AS what
    FROM late CROSS JOIN catch_up_row r ON r.source_id = late.id
    WHERE late.is_round AND r.what < 3 AND r.kind < 5
    GROUP BY r.kind, r.record_id
    UNION SELECT 1, id, 1 FROM address WHERE source_id IN (SELECT id FROM late WHERE NOT is_round AND kind = 'addresses')
    UNION SELECT 2, id, 1 FROM household WHERE source_id IN (SELECT id FROM late WHERE NOT is_round AND kind = 'households')
    UNION SELECT 3, id, 1 FROM parcel WHERE source_id IN (SELECT id FROM late WHERE NOT is_round AND kind = 'parcels')
    UNION SELECT 4, id, 1 FROM dossier WHERE source_id IN (SELECT id FROM late WHERE NOT is_round
        AND kind IN ('cases', 'reports', 'documents', 'accounts'))
)
SELECT w.kind, CASE WHEN v.kind IS NULL THEN 1 ELSE w.what END AS what, u.code, u.kind || ' ' || u.name, count(*)
FROM (SELECT kind, record_id, min(what) AS what FROM waiting GROUP BY kind, record_id) w
LEFT JOIN verdict v ON v.kind = w.kind AND v.record_id = w.record_id
LEFT JOIN unit u ON u.id = v.old_unit
WHERE NOT EXISTS (SELECT 1 FROM record_gone)
   OR NOT EXISTS (SELECT 1 FROM gone_record g WHERE g.kind = w.kind AND g.record_id = w.record_id)
GROUP BY w.kind, 2, u.id
ORDER BY w.kind, 2 DESC, u.code;
