DELETE FROM officer;
