DELETE FROM decision_voice WHERE id = ?1;
