UPDATE source
SET sha256 = ?2, encoding = ?3, crs = ?4, transform = ?5, accuracy_m = ?6, columns = ?7,
    rows_read = ?8, rows_stored = ?9, rows_rejected = ?10, notes = ?11
WHERE id = ?1;
