-- Whether the code ?1 is of a unit that was, and of one that is new.
SELECT EXISTS (SELECT 1 FROM edge e JOIN unit u ON u.id = e.old_unit WHERE u.code = ?1),
       EXISTS (SELECT 1 FROM edge e JOIN unit u ON u.id = e.new_unit WHERE u.code = ?1);
