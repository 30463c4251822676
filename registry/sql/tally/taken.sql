-- Records whose verdict was taken back, in the order of kind and record: it lies where it lay, marked, or
-- in the past with nothing in its place.
SELECT kind, record_id FROM verdict_taken
UNION
SELECT kind, record_id FROM verdict_row_past p
WHERE NOT EXISTS (SELECT 1 FROM verdict_row v WHERE v.kind = p.kind AND v.record_id = p.record_id)
ORDER BY kind, record_id;
