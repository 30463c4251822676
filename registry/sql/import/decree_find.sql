SELECT id, effective_on FROM decree WHERE number = ?1;
