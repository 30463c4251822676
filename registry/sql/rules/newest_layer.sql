-- The layer that was taken in last.
SELECT id, as_of, synthetic FROM layer ORDER BY id DESC LIMIT 1;
