INSERT INTO catch_up (source_id, kind, entry, changed_on, rows_read, added, changed, same, older, gone,
                      rejected, first_at, last_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13);
