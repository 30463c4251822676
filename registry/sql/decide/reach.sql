SELECT ifnull((SELECT n FROM temp.reach WHERE kind = ?1 AND key = ?2), 0),
       ?1 = 2 AND EXISTS (SELECT 1 FROM temp.torn WHERE key = ?2 AND code <> ?3);
