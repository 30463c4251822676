-- The new units of the reform.
SELECT id FROM temp.new_unit ORDER BY id;
