-- The rows that run ?1 took in to catch up, wherever they stand by now: in their place or in the past.
SELECT c.what, v.id, v.source_id, v.line, v.key, v.household_key, v.is_head, v.address_key, v.changed_at
FROM catch_up_row c CROSS JOIN member v ON v.id = c.record_id AND v.source_id = c.source_id AND v.line = c.line
WHERE c.source_id IN (SELECT id FROM source WHERE run_id = ?1) AND c.what < 3
UNION ALL
SELECT c.what, v.id, v.source_id, v.line, v.key, v.household_key, v.is_head, v.address_key, v.changed_at
FROM catch_up_row c CROSS JOIN member_past v ON v.id = c.record_id AND v.source_id = c.source_id AND v.line = c.line
WHERE c.source_id IN (SELECT id FROM source WHERE run_id = ?1) AND c.what < 3
ORDER BY 3, 4;
