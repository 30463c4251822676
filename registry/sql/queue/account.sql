-- How many verdicts are not assigned, how many there are, and records whose verdict was taken back.
SELECT ifnull(sum(status IN (2, 3)), 0), count(*),
       (SELECT count(*) FROM verdict_taken)
       + (SELECT count(*) FROM (SELECT DISTINCT p.kind, p.record_id FROM verdict_row_past p
          WHERE NOT EXISTS (SELECT 1 FROM verdict_row v WHERE v.kind = p.kind AND v.record_id = p.record_id)))
FROM verdict;
