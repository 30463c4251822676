UPDATE decision_voice SET reason = '-', evidence = NULL, override = CASE WHEN override IS NOT NULL THEN '-' END;
