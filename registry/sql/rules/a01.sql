-- Records whose point lies elsewhere than their text or code says: subject, key, ids of old and new
-- unit, lon, lat; what the point says, what the record says; the codes of the old unit, and of the new
-- unit or the candidates, a space between.
SELECT n.subject, n.key, n.old_unit, n.new_unit, n.lon, n.lat,
       ifnull(n.point_name, -- the point lies in the very new unit, but in another old one
              (SELECT u.code || ' ' || m.full_name FROM unit u JOIN temp.named_unit m ON m.id = u.id
               WHERE u.id = n.new_unit)),
       ifnull((SELECT o.code || ' ' || o.full_name FROM temp.old_unit o WHERE o.id = n.old_unit),
              ifnull((SELECT u.code || ' ' || m.full_name FROM unit u
                      JOIN temp.named_unit m ON m.id = u.id WHERE u.id = n.new_unit),
                     n.candidates)),
       (SELECT o.code FROM temp.old_unit o WHERE o.id = n.old_unit),
       ifnull((SELECT u.code FROM unit u WHERE u.id = n.new_unit), n.candidates)
FROM temp.noted_record n
WHERE NOT n.follows AND n.warnings & 1
ORDER BY n.kind, n.record_id;
