-- The temporary tables of a validation go.
DROP VIEW IF EXISTS temp.noted_record;
DROP TABLE IF EXISTS temp.noted;
DROP TABLE IF EXISTS temp.twin;
DROP TABLE IF EXISTS temp.new_unit;
DROP TABLE IF EXISTS temp.old_unit;
DROP TABLE IF EXISTS temp.named_unit;
DROP TABLE IF EXISTS temp.law_edge;
DROP TABLE IF EXISTS temp.reform;
