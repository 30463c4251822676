-- A table of the same name before that of the registry: the statement that stores a row puts it there
-- instead, until catch_up/drop.sql. (Written for addresses, as all that name this table; see
-- noi_prepare_for_table.)
CREATE TEMP TABLE address AS SELECT * FROM main.address LIMIT 0;
