-- A row when a verdict lies behind record ?2 of kind ?1, be it taken back.
SELECT 1 FROM verdict_row WHERE (kind, record_id) > (?1, ?2) LIMIT 1;
