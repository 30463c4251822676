-- The rounds, in the order in which they were taken in. The kind of file, not of record, as people name it.
SELECT s.name, s.kind, r.started_at, c.rows_read, c.added, c.changed, c.same, c.older, c.gone, c.rejected,
       c.first_at, c.last_at
FROM catch_up c
JOIN source s ON s.id = c.source_id
JOIN run r ON r.id = s.run_id
ORDER BY c.entry;
