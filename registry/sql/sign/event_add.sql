INSERT INTO signer_event (what, name, public_key, needs, reason, change, run_id)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);
