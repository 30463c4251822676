INSERT INTO run_signature (run_id, position, subject, name, public_key, signature)
VALUES (?1, ?2, ?3, ?4, ?5, ?6);
