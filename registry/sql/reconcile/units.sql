-- Codes and names of units, by id.
SELECT id, code, upper(substr(kind, 1, 1)) || substr(kind, 2) || ' ' || name FROM unit ORDER BY id;
