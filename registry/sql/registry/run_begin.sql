-- A row for a command that writes: ?1 command, ?2 program version, ?3 plan hash, ?4 actor.
INSERT INTO run (command, program_version, plan_hash, actor, started_at, state)
VALUES (?1, ?2, ?3, ?4, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'running');
