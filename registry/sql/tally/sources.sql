-- All sources; record kind 0 for those that hold no records that get verdicts; at the end, how many of the
-- rows that were stored are in their place now.
SELECT s.id, s.kind, s.name, s.sha256, s.as_of, s.rows_read, s.rows_stored, s.rows_rejected,
       CASE s.kind WHEN 'addresses' THEN 1 WHEN 'households' THEN 2 WHEN 'parcels' THEN 3
                   WHEN 'cases' THEN 4 WHEN 'reports' THEN 4
                   WHEN 'documents' THEN 4 WHEN 'accounts' THEN 4 ELSE 0 END,
       s.rows_stored - ifnull((SELECT sum(n) FROM past_count p WHERE p.source_id = s.id), 0)
FROM source s
ORDER BY s.id;
