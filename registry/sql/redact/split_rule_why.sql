UPDATE split_rule SET why = NULL, source = CASE origin WHEN 'learned' THEN 'learned' ELSE source END;
