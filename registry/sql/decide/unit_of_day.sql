-- Is ?1 the code of a unit in force on the first day of the newest change?
SELECT 1 FROM unit
WHERE code = ?1 AND (valid_from IS NULL OR valid_from <= (SELECT max(effective_on) FROM decree))
  AND (valid_to IS NULL OR valid_to > (SELECT max(effective_on) FROM decree));
