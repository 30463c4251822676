UPDATE stage_step SET reason = NULL, evidence = NULL;
