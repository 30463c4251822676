DELETE FROM record_gone;
