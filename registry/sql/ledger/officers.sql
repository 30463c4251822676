-- The table of officers as run ?1 left it; a later run replaces it.
SELECT unit_code, kind, name FROM officer WHERE run_id = ?1 ORDER BY unit_code, kind, name;
