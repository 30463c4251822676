UPDATE address SET key = ?2 WHERE id = ?1;
