SELECT 1 FROM source WHERE name = ?1 LIMIT 1;
