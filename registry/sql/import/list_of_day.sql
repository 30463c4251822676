-- Whether a unit list as of day ?1 is stored.
SELECT 1 FROM source WHERE kind = 'units' AND as_of = ?1 LIMIT 1;
