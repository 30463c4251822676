-- A unit's code meant something else before day ?2.
UPDATE unit SET valid_from = ?2 WHERE id = ?1;
