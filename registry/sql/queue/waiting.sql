-- Records that wait for people: the most urgent first (cases by their due day, then the rest by old
-- unit). ?1: code of the old unit, ?2: kind, ?3: reason; NULL for all.
WITH w AS (
    SELECT v.kind, v.record_id, v.status, v.reason, v.queue, v.flags, v.warnings, v.candidates,
           v.probabilities, v.old_unit, u.code AS old_code
    FROM verdict v LEFT JOIN unit u ON u.id = v.old_unit
    WHERE v.status IN (2, 3) AND (?1 IS NULL OR u.code = ?1) AND (?2 IS NULL OR v.kind = ?2)
      AND (?3 IS NULL OR v.reason = ?3))
SELECT w.kind, w.record_id, r.key, w.status, w.reason, w.queue, w.flags, w.warnings, w.candidates,
       w.probabilities, w.old_unit, w.old_code, r.text, r.written, r.due_on, r.place,
       (SELECT group_concat(new_code, ' ') FROM (SELECT DISTINCT new_code FROM decision_voice d
        WHERE d.kind = w.kind AND d.record_key = r.key ORDER BY 1))
FROM w JOIN (
    SELECT 1 AS kind, id, key, text, old_code AS written, NULL AS due_on, NULL AS place FROM address
    UNION ALL
    SELECT 2, h.id, h.key, coalesce(h.text, a.text), coalesce(h.old_code, a.old_code), NULL, NULL
    FROM household h LEFT JOIN address a ON a.key = h.address_key
    UNION ALL
    SELECT 3, id, key, NULL, old_code, NULL, sheet || '/' || ifnull(number, '?') FROM parcel
    UNION ALL
    SELECT 4, d.id, d.key, coalesce(d.text, h.text, a.text), coalesce(d.handling_unit, d.intake_unit),
           d.due_on, NULL
    FROM dossier d LEFT JOIN household h ON h.key = d.household_key
    LEFT JOIN address a ON a.key = h.address_key) r ON r.kind = w.kind AND r.id = w.record_id
ORDER BY w.kind <> 4, r.due_on IS NULL, r.due_on, w.old_code IS NULL, w.old_code, w.kind, w.record_id;
