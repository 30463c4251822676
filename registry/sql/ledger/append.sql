INSERT INTO ledger (id, run_id, operation, subject, from_kind, from_id, to_kind, to_id, rows, digest,
                    ended, ended_digest, hash)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13);
