UPDATE decision SET reason = '-', evidence = NULL;
