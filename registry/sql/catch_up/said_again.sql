-- When the source last said of record ?2 of kind ?1 what it had said before.
SELECT max(changed_at) FROM catch_up_row WHERE kind = ?1 AND record_id = ?2 AND what = 3;
