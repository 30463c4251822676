-- For each kind: records, by status of their verdict, and those whose verdict was taken back: it lies where
-- it lay, marked, or in the past with nothing in its place.
SELECT k.id, ifnull(c.assigned, 0), ifnull(c.ambiguous, 0), ifnull(c.unplaced, 0),
       (SELECT count(*) FROM verdict_taken t WHERE t.kind = k.id)
       + (SELECT count(*) FROM (SELECT DISTINCT p.record_id FROM verdict_row_past p WHERE p.kind = k.id
                                AND NOT EXISTS (SELECT 1 FROM verdict_row v WHERE v.kind = p.kind
                                                AND v.record_id = p.record_id)))
FROM record_kind k
LEFT JOIN (SELECT kind, sum(status = 1) AS assigned, sum(status = 2) AS ambiguous,
                  sum(status = 3) AS unplaced FROM verdict GROUP BY kind) c ON c.kind = k.id
ORDER BY k.id;
