-- Takes back the numbers of households whose verdict has changed since.
DELETE FROM file_number
WHERE household_id IN (SELECT f.household_id
                       FROM file_number f
                       LEFT JOIN verdict v ON v.kind = 2 AND v.record_id = f.household_id
                       WHERE v.new_unit IS NOT f.new_unit);
