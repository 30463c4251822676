UPDATE decision_past SET reason = '-', evidence = NULL, ended_why = NULL;
