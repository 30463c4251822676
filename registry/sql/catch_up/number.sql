-- Rows that are taken in get the id of their record; others have none.
UPDATE temp.address SET id = x.record_id FROM temp.taken x WHERE x.staged = temp.address.rowid;
