-- The units that the edges of source ?1 lead away from are in force no more from day ?2 on, but for
-- those that go on as they are and only gave something away.
UPDATE unit
SET valid_to = ?2
WHERE id IN (SELECT old_unit FROM edge WHERE source_id = ?1)
  AND id NOT IN (SELECT old_unit FROM edge WHERE source_id = ?1 AND old_unit = new_unit)
  AND (valid_to IS NULL OR valid_to > ?2);
