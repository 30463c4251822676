-- H02: households that cannot be placed for want of an address.
-- Found: the address record that the household names and that is not there.
INSERT INTO finding (rule, severity, run_id, subject_kind, subject_key, unit_id, other_unit_id,
                     value_found, value_expected, lon, lat)
SELECT ?1, ?2, ?3, 'household', h.key, NULL, NULL, h.address_key, NULL, NULL, NULL
FROM household h
WHERE h.text IS NULL AND h.old_code IS NULL
  AND (h.address_key IS NULL
       OR (NOT EXISTS (SELECT 1 FROM verdict v
                       WHERE v.kind = 2 AND v.record_id = h.id AND v.method = 7)
           AND NOT EXISTS (SELECT 1 FROM address a WHERE a.key = h.address_key)))
ORDER BY h.id;
